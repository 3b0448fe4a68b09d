-- Rollback: removes what the tiers made; safe to run twice.
BEGIN;
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
DO $guard$
BEGIN
  IF current_database() <> 'library' THEN
    RAISE EXCEPTION 'the rollback is for library, not for %', current_database()
      USING HINT = 'connect to library';
  END IF;
END
$guard$;
DELETE FROM public.loan_policies WHERE source = 'terms release';
DROP VIEW IF EXISTS public.v_axis_missing;
DROP TABLE IF EXISTS public.axis_terms;
DO $summary$
BEGIN
  RAISE NOTICE 'ROLLBACK: missing=%', (SELECT count(*) FROM public.v_branches_without_policy);
END
$summary$;
COMMIT;
