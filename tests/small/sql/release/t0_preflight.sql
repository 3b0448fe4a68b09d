-- T0: refuses where the release must not start.
BEGIN;
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
DO $guard$
BEGIN
  IF current_database() <> 'library' THEN
    RAISE EXCEPTION 'T0 is for library, not for %', current_database()
      USING HINT = 'connect to library';
  END IF;
END
$guard$;
DO $preflight$
DECLARE
  open_branches bigint;
BEGIN
  IF to_regclass('public.axis_terms') IS NOT NULL THEN
    RAISE EXCEPTION 'PREFLIGHT ABORT: terms already present';
  END IF;
  IF NOT EXISTS (SELECT FROM public.approvals) THEN
    RAISE EXCEPTION 'PREFLIGHT ABORT: not approved';
  END IF;
  SELECT count(*) INTO open_branches FROM public.v_branches_without_policy;
  RAISE NOTICE 'T0 PREFLIGHT PASS: missing=%', open_branches;
END
$preflight$;
COMMIT;
