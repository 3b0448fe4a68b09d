-- T2 responsibility: states today's ownership requirement as an axis, and shows that nothing was lost or added by it.
--
-- The generalized gap (by rule, over axes) must be the canonical gap of production, pair by pair.

BEGIN;

SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '1min';
SET LOCAL idle_in_transaction_session_timeout = '1min';
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL client_min_messages = notice;

DO $guard$
BEGIN
  IF current_database() <> 'directus' THEN
    RAISE EXCEPTION 'T2 ABORT: wrong database'
      USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = format('Connected to database %L as role %L.', current_database(), current_user),
            HINT = 'Connect to the database that this guard names. Nothing was changed.';
  END IF;
END
$guard$;

INSERT INTO public.axis (code, name, description)
VALUES ('responsibility', 'Responsibility', 'Who answers for a governed object, scope by scope.');

INSERT INTO public.axis_value (axis_code, code, name, description, sort)
SELECT 'responsibility', s.code, s.name, s.description, s.sort
FROM public.responsibility_scopes AS s
WHERE s.required
ORDER BY s.sort;

INSERT INTO public.axis_coverage_rule (axis_code, kind, description)
VALUES ('responsibility', 'every_value', 'Every governed object needs an owner in every required scope. It inherits its family''s owners.');

DO $check$
DECLARE
  required        bigint;
  generalized_gap bigint;
  canonical_gap   bigint;
  drift           bigint;
  axis_values     bigint;
  rules           bigint;
BEGIN
  SELECT c.required, c.gap
  INTO STRICT required, generalized_gap
  FROM public.v_axis_coverage AS c
  WHERE c.axis_code = 'responsibility';

  SELECT count(*) INTO canonical_gap FROM public.v_gov_responsibility_gap;
  SELECT count(*) INTO drift FROM public.v_axis_responsibility_divergence;

  SELECT o.axis_values, o.rules
  INTO STRICT axis_values, rules
  FROM public.v_axis_overview AS o
  WHERE o.axis_code = 'responsibility';

  IF drift > 0 OR generalized_gap <> canonical_gap THEN
    RAISE EXCEPTION 'T2 RESPONSIBILITY FAILED: generalized_gap=% canonical_gap=% drift=%', generalized_gap, canonical_gap, drift
      USING ERRCODE = 'integrity_constraint_violation',
            DETAIL = coalesce((
              SELECT string_agg(format('%s / %s only in the %s gap', d.object_code, d.scope_code, d.found_in), '; ' ORDER BY d.object_code, d.scope_code)
              FROM public.v_axis_responsibility_divergence AS d
            ), 'The pairs are the same, but one of the two views repeats some.'),
            HINT = 'Compare public.v_axis_responsibility_gap with public.v_gov_responsibility_gap: the axis must say what production says.';
  END IF;

  RAISE NOTICE 'T2 RESPONSIBILITY PASS: required=% generalized_gap=% canonical_gap=% drift=% values=% rules=%',
    required, generalized_gap, canonical_gap, drift, axis_values, rules;
END
$check$;

COMMIT;
