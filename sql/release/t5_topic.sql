-- T5 topic: maps the label taxonomy on a topic axis and decides about every approved label that was not projected.
--
-- Topics get no coverage rule: an object need not have one. Labels, projection and items are read as they are now, so
-- the number of maps, assignments and decisions follows from them.

BEGIN;

SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '5min';
SET LOCAL idle_in_transaction_session_timeout = '1min';
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL client_min_messages = notice;

DO $guard$
BEGIN
  IF current_database() <> 'directus' THEN
    RAISE EXCEPTION 'T5 ABORT: wrong database'
      USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = format('Connected to database %L as role %L.', current_database(), current_user),
            HINT = 'Connect to the database that this guard names. Nothing was changed.';
  END IF;
END
$guard$;

INSERT INTO public.axis (code, name, description)
VALUES ('topic', 'Topic', 'What a governed object is mainly about.');

INSERT INTO public.axis_value (axis_code, code, name, description, sort)
SELECT 'topic', t.code, t.name, t.description, t.sort
FROM public.taxonomy_topics AS t
ORDER BY t.sort;

INSERT INTO public.axis_value_map (axis_code, value_code, label_code)
SELECT 'topic', l.topic_code, l.label_code
FROM public.v_axis_topic_label AS l
ORDER BY l.label_code;

-- A topic's home is the object whose items bear its labels most often.
INSERT INTO public.axis_assignment (axis_code, value_code, object_id, source)
SELECT 'topic', h.topic_code, h.object_id, 'one_roof_t5'
FROM public.v_axis_topic_home AS h
ORDER BY h.topic_code;

INSERT INTO public.reconcile_decisions (label_code, decision, reason)
SELECT d.label_code, d.decision, d.reason
FROM public.v_axis_label_decision AS d
ORDER BY d.label_code;

DO $check$
DECLARE
  divergent      bigint;
  projection_gap bigint;
  axis_values    bigint;
  maps           bigint;
  assignments    bigint;
  unprojected    bigint;
  decisions      record;
BEGIN
  SELECT count(*) INTO divergent FROM public.v_axis_drift_map_divergence;
  SELECT count(*) INTO projection_gap FROM public.v_axis_projection_gap;
  SELECT count(*) INTO unprojected FROM public.v_axis_unprojected_label;

  SELECT o.axis_values, o.maps, o.assignments
  INTO STRICT axis_values, maps, assignments
  FROM public.v_axis_overview AS o
  WHERE o.axis_code = 'topic';

  SELECT
    count(*)                                                  AS total,
    count(*) FILTER (WHERE d.decision = 'quarantine')         AS quarantine,
    count(*) FILTER (WHERE d.decision = 'orthogonal')         AS orthogonal,
    count(*) FILTER (WHERE d.decision = 'projection_pending') AS projection_pending
  INTO STRICT decisions
  FROM public.reconcile_decisions AS d;

  IF divergent > 0 THEN
    RAISE EXCEPTION 'T5 TOPIC FAILED: divergent=%', divergent
      USING ERRCODE = 'integrity_constraint_violation',
            DETAIL = (SELECT string_agg(d.subject, ', ' ORDER BY d.subject) FROM public.v_axis_drift_map_divergence AS d),
            HINT = 'A mapped label no longer says what its map says. Compare public.axis_value_map with public.taxonomy_labels.';
  END IF;

  IF projection_gap > 0 OR decisions.total <> unprojected THEN
    RAISE EXCEPTION 'T5 TOPIC FAILED: projection_gap=% decisions=% unprojected=%', projection_gap, decisions.total, unprojected
      USING ERRCODE = 'integrity_constraint_violation',
            DETAIL = coalesce((
              SELECT string_agg(g.label_code, ', ' ORDER BY g.label_code) || ': approved, not projected, and no rule decides.'
              FROM public.v_axis_projection_gap AS g
            ), 'No label is undecided, but there are decisions about labels that need none.'),
            HINT = 'Give the label a topic, project it, or withdraw its approval.';
  END IF;

  RAISE NOTICE 'T5 TOPIC PASS: divergent=% projection_gap=% values=% maps=% assignments=% decisions=% quarantine=% orthogonal=% projection_pending=%',
    divergent, projection_gap, axis_values, maps, assignments,
    decisions.total, decisions.quarantine, decisions.orthogonal, decisions.projection_pending;
END
$check$;

COMMIT;
