-- T0 preflight: refuses to start where the release was applied before, cannot be applied, or was not approved.
--
-- Changes nothing. The substrate is looked for first, since every figure below means something else once it is there.

BEGIN;

SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '1min';
SET LOCAL idle_in_transaction_session_timeout = '1min';
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL client_min_messages = notice;

DO $guard$
BEGIN
  IF current_database() <> 'directus' THEN
    RAISE EXCEPTION 'T0 ABORT: wrong database'
      USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = format('Connected to database %L as role %L.', current_database(), current_user),
            HINT = 'Connect to the database that this guard names. Nothing was changed.';
  END IF;
END
$guard$;

DO $substrate$
DECLARE
  axis_tables bigint;
  leftovers   text;
BEGIN
  SELECT count(*)
  INTO axis_tables
  FROM pg_class AS c
  WHERE c.relnamespace = 'public'::regnamespace
    AND c.relkind IN ('r', 'p')
    AND c.relname ~ '^axis(_|$)';

  IF axis_tables > 0 THEN
    RAISE EXCEPTION 'PREFLIGHT ABORT: axis substrate already present (% tables)', axis_tables
      USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = (
              SELECT 'Found: ' || string_agg(c.relname, ', ' ORDER BY c.relname) || '.'
              FROM pg_class AS c
              WHERE c.relnamespace = 'public'::regnamespace
                AND c.relkind IN ('r', 'p')
                AND c.relname ~ '^axis(_|$)'
            ),
            HINT = 'The release was applied here. Verify it with t8_verify.sql, or take it back with rollback.sql first.';
  END IF;

  -- What a rollback that was cut short, or done by hand, would leave.
  SELECT string_agg(found.name, ', ' ORDER BY found.name)
  INTO leftovers
  FROM (
    SELECT c.relname::text
    FROM pg_class AS c
    WHERE c.relnamespace = 'public'::regnamespace
      AND (
        c.relname IN ('reconcile_decisions', 'drift_detectors', 'drift_scans', 'drift_findings', 'emission_gate')
        OR c.relname ~ '^v_axis_'
      )
    UNION ALL
    SELECT p.proname || '()'
    FROM pg_proc AS p
    WHERE p.pronamespace = 'public'::regnamespace
      AND p.proname ~ '^axis_'
  ) AS found (name);

  IF leftovers IS NOT NULL THEN
    RAISE EXCEPTION 'PREFLIGHT ABORT: leftovers of an earlier attempt'
      USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = format('Found: %s.', leftovers),
            HINT = 'Run rollback.sql, which removes them, then start again with this tier.';
  END IF;
END
$substrate$;

DO $prerequisites$
DECLARE
  missing text;
BEGIN
  SELECT string_agg(r.name, ', ' ORDER BY r.name)
  INTO missing
  FROM unnest(ARRAY[
    'directus_users',
    'entity_labels',
    'gov_emissions',
    'gov_outbox',
    'gov_ownership',
    'governed_families',
    'governed_objects',
    'os_proposal_approvals',
    'os_proposals',
    'ownership_nominations',
    'responsibility_scopes',
    'taxonomy_facets',
    'taxonomy_labels',
    'taxonomy_projection',
    'taxonomy_topics',
    'v_gov_ownership_conflict',
    'v_gov_responsibility_gap'
  ]) AS r (name)
  WHERE to_regclass('public.' || r.name) IS NULL;

  IF missing IS NOT NULL THEN
    RAISE EXCEPTION 'PREFLIGHT ABORT: prerequisites missing'
      USING ERRCODE = 'undefined_table',
            DETAIL = format('Not found in schema public: %s.', missing),
            HINT = 'Bring the governance layer of this database to the level that the release builds on.';
  END IF;

  IF NOT has_schema_privilege('public', 'CREATE') THEN
    RAISE EXCEPTION 'PREFLIGHT ABORT: role may not create objects'
      USING ERRCODE = 'insufficient_privilege',
            DETAIL = format('Role %L has no CREATE privilege on schema public.', current_user),
            HINT = 'Run the release as the role that owns the schema''s tables.';
  END IF;
END
$prerequisites$;

DO $figures$
DECLARE
  proposal  CONSTANT text := 'OSP-2026-03';
  approvals bigint;
  gap       bigint;
  own       bigint;
  conflict  bigint;
  emitted   bigint;
  queued    bigint;
BEGIN
  SELECT count(*) INTO approvals FROM public.os_proposal_approvals;
  SELECT count(*) INTO gap FROM public.v_gov_responsibility_gap;
  SELECT count(*) INTO own FROM public.gov_ownership;
  SELECT count(*) INTO conflict FROM public.v_gov_ownership_conflict;
  SELECT count(*) INTO emitted FROM public.gov_emissions;
  SELECT count(*) INTO queued FROM public.gov_outbox;

  -- The last decision counts: a rejection after an approval closes the gate again.
  IF (
    SELECT a.decision
    FROM public.os_proposal_approvals AS a
    WHERE a.proposal_code = proposal
    ORDER BY a.approved_at DESC, a.id DESC
    LIMIT 1
  ) IS DISTINCT FROM 'approved' THEN
    RAISE EXCEPTION 'PREFLIGHT ABORT: approval gate closed for %', proposal
      USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = format('ospa=%s; the last decision on %s is not an approval, or there is none.', approvals, proposal),
            HINT = 'Have the board''s approval entered in public.os_proposal_approvals. Never enter it on its behalf.';
  END IF;

  IF conflict > 0 THEN
    RAISE EXCEPTION 'PREFLIGHT ABORT: ownership conflict=%', conflict
      USING ERRCODE = 'integrity_constraint_violation',
            DETAIL = (
              SELECT string_agg(format('%s / %s: %s owners', c.object_code, c.scope_code, c.owners), '; ' ORDER BY c.object_code, c.scope_code)
              FROM public.v_gov_ownership_conflict AS c
            ),
            HINT = 'Settle who owns these scopes in public.gov_ownership before the release builds on it.';
  END IF;

  IF emitted > 0 OR queued > 0 THEN
    RAISE EXCEPTION 'PREFLIGHT ABORT: emission has begun, emit=% outbox=%', emitted, queued
      USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = 'public.gov_emissions or public.gov_outbox holds rows; the release ships while nothing is told outside.',
            HINT = 'Find out who emits, stop it, and have the board decide about what was sent.';
  END IF;

  RAISE NOTICE 'T0 PREFLIGHT PASS: ospa=% gap=% own=% conflict=% emit=% axis=absent prereqs=present',
    approvals, gap, own, conflict, emitted;
END
$figures$;

COMMIT;
