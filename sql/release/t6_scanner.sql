-- T6 scanner: registers the drift detectors and runs one scan, with the emission gate closed.
--
-- A scan records what it finds. Nothing of it may reach the outside: the gate is closed, and that is checked before
-- and after.

BEGIN;

SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '5min';
SET LOCAL idle_in_transaction_session_timeout = '1min';
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL client_min_messages = notice;

DO $guard$
BEGIN
  IF current_database() <> 'directus' THEN
    RAISE EXCEPTION 'T6 ABORT: wrong database'
      USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = format('Connected to database %L as role %L.', current_database(), current_user),
            HINT = 'Connect to the database that this guard names. Nothing was changed.';
  END IF;
END
$guard$;

INSERT INTO public.drift_detectors (code, severity, view_name, description, sort) VALUES
  ('ownership_conflict',    'critical', 'v_axis_drift_ownership_conflict',    'A required scope of an object has several owners.',                   1),
  ('coverage_gap',          'critical', 'v_axis_drift_coverage_gap',          'A coverage rule of an active axis is not met.',                       2),
  ('containment_breach',    'critical', 'v_axis_drift_containment_breach',    'Family, assignment and current container of an object disagree.',     3),
  ('map_divergence',        'critical', 'v_axis_drift_map_divergence',        'A mapped label no longer leads to the topic that it is mapped to.',   4),
  ('label_orphan',          'critical', 'v_axis_drift_label_orphan',          'Items bear a label that the taxonomy does not have.',                 5),
  ('ui_visible_unapproved', 'warning',  'v_axis_drift_ui_visible_unapproved', 'An object is visible in a user interface without approval.',          6),
  ('topic_without_label',   'warning',  'v_axis_drift_topic_without_label',   'No label leads to the topic.',                                        7),
  ('projection_lag',        'warning',  'v_axis_drift_projection_lag',        'A user interface shows a label otherwise than the taxonomy has it.',  8),
  ('projection_lag_timing', 'info',     'v_axis_drift_projection_lag_timing', 'A label was changed after its projection, without visible effect.',   9),
  ('coverage_rule_missing', 'info',     'v_axis_drift_coverage_rule_missing', 'An active axis has no coverage rule.',                               10);

-- A gate that is there already stays as it is; if it is open, the check below refuses.
INSERT INTO public.emission_gate (channel, is_open, reason)
VALUES ('drift_findings', false, 'Closed by the release. The board opens it by a proposal of its own.')
ON CONFLICT ON CONSTRAINT emission_gate_pkey DO NOTHING;

DO $registry$
DECLARE
  unusable  text;
  open_gate text;
BEGIN
  SELECT string_agg(d.code || ' (' || d.view_name || ')', ', ' ORDER BY d.code)
  INTO unusable
  FROM public.drift_detectors AS d
  WHERE (
    SELECT count(*)
    FROM pg_attribute AS a
    JOIN pg_class AS c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'public'::regnamespace
      AND c.relname = d.view_name
      AND a.attname IN ('subject', 'detail')
  ) <> cardinality(ARRAY['subject', 'detail']);

  IF unusable IS NOT NULL THEN
    RAISE EXCEPTION 'T6 SCANNER FAILED: detectors without a usable view'
      USING ERRCODE = 'undefined_table',
            DETAIL = format('Without a view that has the columns subject and detail: %s.', unusable),
            HINT = 'Correct public.drift_detectors.view_name, or create the view.';
  END IF;

  SELECT string_agg(g.channel, ', ' ORDER BY g.channel)
  INTO open_gate
  FROM public.emission_gate AS g
  WHERE g.is_open;

  IF open_gate IS NOT NULL THEN
    RAISE EXCEPTION 'T6 SCANNER FAILED: emission gate open'
      USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = format('Open: %s. A scan would queue its findings for the outside.', open_gate),
            HINT = 'Close it: UPDATE public.emission_gate SET is_open = false.';
  END IF;
END
$registry$;

DO $scan$
DECLARE
  scan       bigint;
  detectors  bigint;
  findings   bigint;
  recomputed bigint;
  critical   bigint;
  emittable  bigint;
  queued     bigint;
  emitted    bigint;
  by_code    text;
BEGIN
  scan := public.axis_run_drift_scan();

  SELECT s.detectors, s.findings, s.critical_findings
  INTO STRICT detectors, findings, critical
  FROM public.drift_scans AS s
  WHERE s.id = scan;

  SELECT sum(d.open_findings), string_agg(d.detector_code || '=' || d.open_findings, ' ' ORDER BY d.detector_code)
  INTO recomputed, by_code
  FROM public.v_axis_open_drift AS d;

  SELECT count(*) INTO emittable FROM public.v_axis_emittable_finding;
  SELECT count(*) INTO queued FROM public.gov_outbox;
  SELECT count(*) INTO emitted FROM public.gov_emissions;

  IF findings <> recomputed THEN
    RAISE EXCEPTION 'T6 SCANNER FAILED: scan % recorded % findings, % are open', scan, findings, recomputed
      USING ERRCODE = 'integrity_constraint_violation',
            DETAIL = by_code,
            HINT = 'Open findings must be those of the last scan. See public.drift_findings and public.v_axis_open_drift.';
  END IF;

  IF critical > 0 THEN
    RAISE EXCEPTION 'T6 SCANNER FAILED: critical=%', critical
      USING ERRCODE = 'integrity_constraint_violation',
            DETAIL = (
              SELECT string_agg(f.detector_code || ': ' || f.subject, '; ' ORDER BY f.detector_code, f.subject)
              FROM public.v_axis_open_finding AS f
              WHERE f.severity = 'critical'
            ),
            HINT = 'Mend what the detectors name, then run this tier again: nothing of it was kept.';
  END IF;

  IF emittable > 0 OR queued > 0 OR emitted > 0 THEN
    RAISE EXCEPTION 'T6 SCANNER FAILED: not fail-closed, emittable=% outbox=% gov_emit=%', emittable, queued, emitted
      USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = 'Findings could reach the outside, or something was queued or emitted already.',
            HINT = 'Close public.emission_gate and find out who writes to public.gov_outbox.';
  END IF;

  RAISE NOTICE 'T6 SCANNER PASS: scan_id=% detectors=% findings=% critical=% emittable=% outbox=% fail-closed %',
    scan, detectors, findings, critical, emittable, queued, by_code;
END
$scan$;

COMMIT;
