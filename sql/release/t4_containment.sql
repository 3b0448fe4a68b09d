-- T4 containment: puts every governed object into exactly one container, the family that it belongs to.
--
-- The assignment says where an object belongs; public.axis_object_ownership records since when its container holds it.

BEGIN;

SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '1min';
SET LOCAL idle_in_transaction_session_timeout = '1min';
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL client_min_messages = notice;

DO $guard$
BEGIN
  IF current_database() <> 'directus' THEN
    RAISE EXCEPTION 'T4 ABORT: wrong database'
      USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = format('Connected to database %L as role %L.', current_database(), current_user),
            HINT = 'Connect to the database that this guard names. Nothing was changed.';
  END IF;
END
$guard$;

INSERT INTO public.axis (code, name, description)
VALUES ('containment', 'Containment', 'Which family contains a governed object.');

INSERT INTO public.axis_value (axis_code, code, name, description, sort)
SELECT 'containment', f.code, f.name, f.description, f.sort
FROM public.governed_families AS f
ORDER BY f.sort;

INSERT INTO public.axis_coverage_rule (axis_code, kind, description)
VALUES ('containment', 'one_container', 'Every governed object is in exactly one container at a time.');

INSERT INTO public.axis_assignment (axis_code, value_code, object_id, source)
SELECT 'containment', s.family_code, s.object_id, 'one_roof_t4'
FROM public.v_axis_containment_seed AS s
ORDER BY s.object_id;

INSERT INTO public.axis_object_ownership (axis_code, value_code, object_id, valid_from, source)
SELECT 'containment', s.family_code, s.object_id, s.valid_from, 'one_roof_t4'
FROM public.v_axis_containment_seed AS s
ORDER BY s.object_id;

DO $check$
DECLARE
  required    bigint;
  gap         bigint;
  breach      bigint;
  axis_values bigint;
  rules       bigint;
  assignments bigint;
  holdings    bigint;
BEGIN
  SELECT c.required, c.gap
  INTO STRICT required, gap
  FROM public.v_axis_coverage AS c
  WHERE c.axis_code = 'containment';

  SELECT o.axis_values, o.rules, o.assignments, o.current_holdings
  INTO STRICT axis_values, rules, assignments, holdings
  FROM public.v_axis_overview AS o
  WHERE o.axis_code = 'containment';

  SELECT count(*) INTO breach FROM public.v_axis_drift_containment_breach;

  IF gap > 0 OR breach > 0 OR assignments <> required OR holdings <> required THEN
    RAISE EXCEPTION 'T4 CONTAINMENT FAILED: required=% gap=% breach=% assignments=% ownership=%', required, gap, breach, assignments, holdings
      USING ERRCODE = 'integrity_constraint_violation',
            DETAIL = coalesce((
              SELECT string_agg(g.object_code, ', ' ORDER BY g.object_code) || ' without a container.'
              FROM public.v_axis_coverage_gap AS g
              WHERE g.axis_code = 'containment'
            ), 'Every object has a container, but assignments and holdings disagree.'),
            HINT = 'Give each object in public.governed_objects a family; see public.v_axis_drift_containment_breach for the rest.';
  END IF;

  RAISE NOTICE 'T4 CONTAINMENT PASS: required=% gap=% values=% rules=% assignments=% ownership=%',
    required, gap, axis_values, rules, assignments, holdings;
END
$check$;

COMMIT;
