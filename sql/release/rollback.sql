-- Rollback of the One Roof release: takes back what the tiers made, in reverse. Safe to run twice, and after any tier.
--
--   psql -X -v ON_ERROR_STOP=1 -d directus -f rollback.sql
--
-- It is one transaction. Owners that somebody else entered, and the board's approvals, are not the release's: they stay.

BEGIN;

SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '5min';
SET LOCAL idle_in_transaction_session_timeout = '1min';
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL client_min_messages = notice;

DO $guard$
BEGIN
  IF current_database() <> 'directus' THEN
    RAISE EXCEPTION 'ROLLBACK ABORT: wrong database'
      USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = format('Connected to database %L as role %L.', current_database(), current_user),
            HINT = 'Connect to the database that this guard names. Nothing was changed.';
  END IF;
END
$guard$;

-- T6, T5, T4, T2: their rows are in the release's own tables and go with them.

-- T3: the seeded owners. If nobody has entered an owner since, the identity goes back to where the seed found it.
LOCK TABLE public.gov_ownership IN SHARE ROW EXCLUSIVE MODE;

DO $owners$
DECLARE
  first_seeded bigint;
  last_seeded  bigint;
  last_used    bigint;
BEGIN
  SELECT min(w.id), max(w.id)
  INTO first_seeded, last_seeded
  FROM public.gov_ownership AS w
  WHERE w.source = 'one_roof_t3';

  SELECT s.last_value
  INTO last_used
  FROM pg_sequences AS s
  WHERE format('%I.%I', s.schemaname, s.sequencename) = pg_get_serial_sequence('public.gov_ownership', 'id');

  DELETE FROM public.gov_ownership AS w WHERE w.source = 'one_roof_t3';

  -- RESTART, unlike setval(), is undone if this transaction does not commit.
  IF last_seeded = last_used AND NOT EXISTS (SELECT 1 FROM public.gov_ownership AS w WHERE w.id >= first_seeded) THEN
    EXECUTE format('ALTER TABLE public.gov_ownership ALTER COLUMN id RESTART WITH %s', first_seeded);
  END IF;
END
$owners$;

-- What is not there is no news: a second run would say so for every object.
SET LOCAL client_min_messages = warning;

-- T1: the function, the views (each before what it reads), the tables (each before what it refers to).
DROP FUNCTION IF EXISTS public.axis_run_drift_scan();

DROP VIEW IF EXISTS public.v_axis_release_check;
DROP VIEW IF EXISTS public.v_axis_emittable_finding;
DROP VIEW IF EXISTS public.v_axis_open_drift;
DROP VIEW IF EXISTS public.v_axis_open_finding;
DROP VIEW IF EXISTS public.v_axis_drift_coverage_rule_missing;
DROP VIEW IF EXISTS public.v_axis_drift_projection_lag_timing;
DROP VIEW IF EXISTS public.v_axis_drift_projection_lag;
DROP VIEW IF EXISTS public.v_axis_drift_topic_without_label;
DROP VIEW IF EXISTS public.v_axis_drift_ui_visible_unapproved;
DROP VIEW IF EXISTS public.v_axis_drift_label_orphan;
DROP VIEW IF EXISTS public.v_axis_drift_map_divergence;
DROP VIEW IF EXISTS public.v_axis_drift_containment_breach;
DROP VIEW IF EXISTS public.v_axis_drift_coverage_gap;
DROP VIEW IF EXISTS public.v_axis_drift_ownership_conflict;
DROP VIEW IF EXISTS public.v_axis_label_orphan;
DROP VIEW IF EXISTS public.v_axis_projection_gap;
DROP VIEW IF EXISTS public.v_axis_label_decision;
DROP VIEW IF EXISTS public.v_axis_unprojected_label;
DROP VIEW IF EXISTS public.v_axis_topic_home;
DROP VIEW IF EXISTS public.v_axis_topic_label;
DROP VIEW IF EXISTS public.v_axis_containment_seed;
DROP VIEW IF EXISTS public.v_axis_ownership_seed;
DROP VIEW IF EXISTS public.v_axis_responsibility_divergence;
DROP VIEW IF EXISTS public.v_axis_responsibility_gap;
DROP VIEW IF EXISTS public.v_axis_overview;
DROP VIEW IF EXISTS public.v_axis_coverage;
DROP VIEW IF EXISTS public.v_axis_coverage_gap;
DROP VIEW IF EXISTS public.v_axis_requirement;
DROP VIEW IF EXISTS public.v_axis_holding;
DROP VIEW IF EXISTS public.v_axis_container_current;
DROP VIEW IF EXISTS public.v_axis_responsibility_holder;

DROP TABLE IF EXISTS public.emission_gate;
DROP TABLE IF EXISTS public.drift_findings;
DROP TABLE IF EXISTS public.drift_scans;
DROP TABLE IF EXISTS public.drift_detectors;
DROP TABLE IF EXISTS public.reconcile_decisions;
DROP TABLE IF EXISTS public.axis_value_map;
DROP TABLE IF EXISTS public.axis_object_ownership;
DROP TABLE IF EXISTS public.axis_assignment;
DROP TABLE IF EXISTS public.axis_coverage_rule;
DROP TABLE IF EXISTS public.axis_value;
DROP TABLE IF EXISTS public.axis;

SET LOCAL client_min_messages = notice;

DO $check$
DECLARE
  own       bigint;
  seeded    bigint;
  gap       bigint;
  views     bigint;
  leftovers text;
BEGIN
  SELECT count(*), count(*) FILTER (WHERE w.source = 'one_roof_t3')
  INTO own, seeded
  FROM public.gov_ownership AS w;

  SELECT count(*) INTO gap FROM public.v_gov_responsibility_gap;

  SELECT string_agg(found.name, ', ' ORDER BY found.name), count(*) FILTER (WHERE found.is_view)
  INTO leftovers, views
  FROM (
    SELECT c.relname::text, c.relkind = 'v'
    FROM pg_class AS c
    WHERE c.relnamespace = 'public'::regnamespace
      AND (
        c.relname IN ('reconcile_decisions', 'drift_detectors', 'drift_scans', 'drift_findings', 'emission_gate')
        OR c.relname ~ '^axis(_|$)'
        OR c.relname ~ '^v_axis_'
      )
    UNION ALL
    SELECT p.proname || '()', false
    FROM pg_proc AS p
    WHERE p.pronamespace = 'public'::regnamespace
      AND p.proname ~ '^axis_'
  ) AS found (name, is_view);

  IF leftovers IS NOT NULL OR seeded > 0 THEN
    RAISE EXCEPTION 'ROLLBACK FAILED: something of the release is left'
      USING ERRCODE = 'integrity_constraint_violation',
            DETAIL = format('Objects: %s. Seeded owners: %s.', coalesce(leftovers, 'none'), seeded),
            HINT = 'Nothing was taken back. Objects that were added to the substrate later have to be dropped first, by whoever added them.';
  END IF;

  RAISE NOTICE 'ROLLBACK PASS: ownership=% gap=% axis=absent views=%', own, gap, views;
END
$check$;

COMMIT;
