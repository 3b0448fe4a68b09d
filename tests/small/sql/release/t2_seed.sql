-- T2: a policy and its terms for every branch, from the accepted proposals.
BEGIN;
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
DO $guard$
BEGIN
  IF current_database() <> 'library' THEN
    RAISE EXCEPTION 'T2 is for library, not for %', current_database()
      USING HINT = 'connect to library';
  END IF;
END
$guard$;
INSERT INTO public.loan_policies (branch_code, loan_days, source)
SELECT branch_code, loan_days, 'terms release' FROM public.policy_proposals WHERE status = 'accepted' ORDER BY branch_code;
INSERT INTO public.axis_terms (branch_code, loan_days, is_current)
SELECT branch_code, loan_days, true FROM public.loan_policies;
DO $summary$
DECLARE
  missing bigint;
BEGIN
  SELECT count(*) INTO missing FROM public.v_axis_missing;
  IF missing > 0 THEN
    RAISE EXCEPTION 'T2: % branches without a policy', missing
      USING HINT = 'accept a proposal for each';
  END IF;
  RAISE NOTICE 'T2 SEED: policies=% missing=%', (SELECT count(*) FROM public.loan_policies), missing;
END
$summary$;
COMMIT;
