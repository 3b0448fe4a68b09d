-- T1: the table of terms and its view.
BEGIN;
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
DO $guard$
BEGIN
  IF current_database() <> 'library' THEN
    RAISE EXCEPTION 'T1 is for library, not for %', current_database()
      USING HINT = 'connect to library';
  END IF;
END
$guard$;
CREATE TABLE public.axis_terms (
  branch_code text NOT NULL CONSTRAINT axis_terms_branch_fk REFERENCES public.branches (code),
  loan_days integer NOT NULL,
  is_current boolean NOT NULL,
  CONSTRAINT axis_terms_pk PRIMARY KEY (branch_code, loan_days)
);
COMMENT ON TABLE public.axis_terms IS 'Terms of lending, by branch.';
CREATE VIEW public.v_axis_missing AS
SELECT b.code
FROM public.branches b
WHERE NOT EXISTS (SELECT FROM public.loan_policies p WHERE p.branch_code = b.code);
COMMENT ON VIEW public.v_axis_missing IS 'Branches without a policy.';
DO $summary$
BEGIN
  RAISE NOTICE 'T1 STRUCTURE: tables=% views=%',
    (SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'axis\_%'),
    (SELECT count(*) FROM pg_views WHERE schemaname = 'public' AND viewname LIKE 'v\_axis\_%');
END
$summary$;
COMMIT;
