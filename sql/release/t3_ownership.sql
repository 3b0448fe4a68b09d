-- T3 ownership: makes the accepted nominees the owners of their family's scopes, so that no required pair is left open.
--
-- Seeds public.gov_ownership from public.v_axis_ownership_seed. The rows bear source 'one_roof_t3', by which
-- rollback.sql finds them again.

BEGIN;

SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '1min';
SET LOCAL idle_in_transaction_session_timeout = '1min';
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL client_min_messages = notice;

DO $guard$
BEGIN
  IF current_database() <> 'directus' THEN
    RAISE EXCEPTION 'T3 ABORT: wrong database'
      USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = format('Connected to database %L as role %L.', current_database(), current_user),
            HINT = 'Connect to the database that this guard names. Nothing was changed.';
  END IF;
END
$guard$;

-- Nobody may enter an owner between the reading of the gap and the seed.
LOCK TABLE public.gov_ownership IN SHARE ROW EXCLUSIVE MODE;

DO $seed$
DECLARE
  own_before     bigint;
  emitted_before bigint;
  seeded         bigint;
  gap            bigint;
  conflict       bigint;
  own            bigint;
  emitted        bigint;
  drift          bigint;
BEGIN
  SELECT count(*) INTO own_before FROM public.gov_ownership;
  SELECT count(*) INTO emitted_before FROM public.gov_emissions;

  INSERT INTO public.gov_ownership (family_code, scope_code, owner_id, source, valid_from)
  SELECT s.family_code, s.scope_code, s.owner_id, 'one_roof_t3', s.valid_from
  FROM public.v_axis_ownership_seed AS s
  ORDER BY s.family_sort, s.scope_sort, s.owner_id;

  GET DIAGNOSTICS seeded = ROW_COUNT;

  SELECT count(*) INTO gap FROM public.v_gov_responsibility_gap;
  SELECT count(*) INTO conflict FROM public.v_gov_ownership_conflict;
  SELECT count(*) INTO own FROM public.gov_ownership;
  SELECT count(*) INTO emitted FROM public.gov_emissions;

  IF gap > 0 THEN
    RAISE EXCEPTION 'T3 OWNERSHIP FAILED: gap=% after new=%', gap, seeded
      USING ERRCODE = 'integrity_constraint_violation',
            DETAIL = (
              SELECT string_agg(open_scope.described, '; ' ORDER BY open_scope.described)
              FROM (
                SELECT format('%s / %s: %s objects', coalesce(o.family_code, '(no family)'), g.scope_code, count(*)) AS described
                FROM public.v_gov_responsibility_gap AS g
                JOIN public.governed_objects AS o ON o.id = g.object_id
                GROUP BY o.family_code, g.scope_code
              ) AS open_scope
            ),
            HINT = 'Each family and scope needs one accepted nomination of an active user in public.ownership_nominations; each object needs a family.';
  END IF;

  IF conflict > 0 THEN
    RAISE EXCEPTION 'T3 OWNERSHIP FAILED: conflict=% after new=%', conflict, seeded
      USING ERRCODE = 'integrity_constraint_violation',
            DETAIL = (
              SELECT string_agg(format('%s / %s: %s owners', c.object_code, c.scope_code, c.owners), '; ' ORDER BY c.object_code, c.scope_code)
              FROM public.v_gov_ownership_conflict AS c
            ),
            HINT = 'Only one nomination of a family and scope may be accepted: decline the others in public.ownership_nominations.';
  END IF;

  IF own <> own_before + seeded OR emitted <> emitted_before THEN
    RAISE EXCEPTION 'T3 OWNERSHIP FAILED: own % -> % with new=%, gov_emit % -> %', own_before, own, seeded, emitted_before, emitted
      USING ERRCODE = 'integrity_constraint_violation',
            DETAIL = 'Something else than the seed added owners, or the seed emitted governance events.',
            HINT = 'Look for triggers on public.gov_ownership and for other writers of public.gov_emissions.';
  END IF;

  -- The generalized gap has to follow: both views look at the same owners.
  SELECT count(*) INTO drift FROM public.v_axis_responsibility_divergence;

  IF drift > 0 THEN
    RAISE EXCEPTION 'T3 OWNERSHIP FAILED: generalized gap drifts from the canonical gap, drift=%', drift
      USING ERRCODE = 'integrity_constraint_violation',
            DETAIL = (
              SELECT string_agg(format('%s / %s only in the %s gap', d.object_code, d.scope_code, d.found_in), '; ' ORDER BY d.object_code, d.scope_code)
              FROM public.v_axis_responsibility_divergence AS d
            ),
            HINT = 'Compare public.v_axis_responsibility_holder with public.gov_ownership.';
  END IF;

  RAISE NOTICE 'T3 OWNERSHIP PASS: new=% gap=% conflict=% own=% gov_emit=%', seeded, gap, conflict, own, emitted;
END
$seed$;

COMMIT;
