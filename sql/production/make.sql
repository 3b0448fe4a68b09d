-- Makes One-Roof's production: the whole content of an empty database `directus`, as it stood on 2026-06-03.
--
--   psql -X -v ON_ERROR_STOP=1 -d directus -U directus -f make.sql
--
-- Run it as the role that owns the database; nothing here needs a superuser: what does is in administration.sql, which
-- is run after it. All data is deterministic: no clock, no random(). The two big tables can be made slim; every other
-- figure stays as it is:
--
--   -v entity_labels=5000 -v system_issues=1000
--
-- Their rows can bear what the sources told beside them, as they do on the group's own server, which makes a database
-- of 1.2 GB:
--
--   -v evidence=full
--
-- It is one transaction: a database is made whole, or it stays empty.

\set ON_ERROR_STOP on
\if :{?entity_labels} \else \set entity_labels 820183 \endif
\if :{?system_issues} \else \set system_issues 204556 \endif
\if :{?evidence} \else \set evidence none \endif

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
\ir 75_lettings_types.sql
\ir 76_lettings_units.sql
\ir 77_lettings_leases.sql
\ir 78_metering.sql
\ir 79_lettings_views.sql
\ir 80_lettings_documents.sql

COMMIT;

\o

-- Statistics and visibility as on a server that has run for a while, so that plans are production's plans. By name,
-- since a bare VACUUM would also warn about every catalog that an ordinary role does not own.
SELECT
  format('VACUUM (ANALYZE) %I.%I', schemaname, tablename)
FROM pg_tables
WHERE schemaname IN ('public', 'lettings', 'audit', 'metering')
ORDER BY schemaname, tablename
\gexec
