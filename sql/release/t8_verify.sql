-- T8 verify: shows the state that the release has reached as one table, and refuses it where an invariant is broken.
--
-- Reads only, from one snapshot, and so may be run at any time, on any database that has the release.

BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;

SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '5min';
SET LOCAL idle_in_transaction_session_timeout = '1min';
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL client_min_messages = notice;

SELECT c.name, c.value
FROM public.v_axis_release_check AS c
ORDER BY c.position;

DO $verify$
DECLARE
  gap            bigint;
  conflict       bigint;
  containment    bigint;
  divergent      bigint;
  projection_gap bigint;
  critical       bigint;
  emitted        bigint;
  broken         text;
BEGIN
  SELECT count(*) INTO gap FROM public.v_gov_responsibility_gap;
  SELECT count(*) INTO conflict FROM public.v_gov_ownership_conflict;
  SELECT count(*) INTO containment FROM public.v_axis_coverage_gap AS g WHERE g.axis_code = 'containment';
  SELECT count(*) INTO divergent FROM public.v_axis_drift_map_divergence;
  SELECT count(*) INTO projection_gap FROM public.v_axis_projection_gap;
  SELECT count(*) INTO critical FROM public.v_axis_open_finding AS f WHERE f.severity = 'critical';
  SELECT count(*) INTO emitted FROM public.gov_emissions;

  SELECT string_agg(c.name || '=' || c.value, ', ' ORDER BY c.position)
  INTO broken
  FROM public.v_axis_release_check AS c
  WHERE NOT c.holds;

  IF broken IS NOT NULL OR emitted > 0 THEN
    RAISE EXCEPTION 'T8 VERIFY FAILED: %', concat_ws(', ', broken, CASE WHEN emitted > 0 THEN 'gov_emit=' || emitted END)
      USING ERRCODE = 'integrity_constraint_violation',
            DETAIL = format(
              'gap=%s conflict=%s containment=%s divergent=%s projection=%s critical=%s gov_emit=%s',
              gap, conflict, containment, divergent, projection_gap, critical, emitted
            ),
            HINT = 'Do not go live on this state. Mend the rows named, or take the release back with rollback.sql.';
  END IF;

  RAISE NOTICE 'T8 VERIFY PASS: gap=% conflict=% containment=% divergent=% projection=% critical=% fail-closed',
    gap, conflict, containment, divergent, projection_gap, critical;
END
$verify$;

COMMIT;
