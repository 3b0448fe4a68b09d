-- Makes One-Roof's production: the whole content of an empty database `directus`, as it stood on 2026-06-03.
--
--   psql -X -v ON_ERROR_STOP=1 -d directus -U directus -f make.sql
--
-- Run it as the role that owns the database; nothing here needs a superuser. All data is deterministic: no clock,
-- no random(). The two big tables can be made slim; every other figure stays as it is:
--
--   -v entity_labels=5000 -v system_issues=1000
--
-- It is one transaction: a database is made whole, or it stays empty.

\set ON_ERROR_STOP on
\if :{?entity_labels} \else \set entity_labels 820183 \endif
\if :{?system_issues} \else \set system_issues 204556 \endif

SET client_min_messages = warning;
SET TimeZone = 'UTC';
SET search_path = public;

-- The answers of setval() are of no interest.
\o /dev/null

BEGIN;

\ir 10_directus_schema.sql
\ir 20_governance_schema.sql
\ir 30_directus_data.sql
\ir 40_governance_data.sql
\ir 50_entity_labels.sql
\ir 60_system_issues.sql
\ir 70_directus_metadata.sql

COMMIT;

\o

-- Statistics and visibility as on a server that has run for a while, so that plans are production's plans. By name,
-- since a bare VACUUM would also warn about every catalog that an ordinary role does not own.
SELECT
  format('VACUUM (ANALYZE) %I.%I', schemaname, tablename)
FROM pg_tables
WHERE schemaname = 'public'
ORDER BY tablename
\gexec
