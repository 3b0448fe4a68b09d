-- One Roof, the whole release (proposal OSP-2026-03): eight tiers, in order, each a transaction of its own.
--
--   psql -X -d directus -f 99_run_all.sql
--
-- Run it as the role that owns the tables of schema public. It stops at the first tier that fails, with psql's exit
-- status 3; the tiers before it are committed. rollback.sql takes all of it back. There is no T7.

\set ON_ERROR_STOP on

\ir t0_preflight.sql
\ir t1_structure.sql
\ir t2_responsibility.sql
\ir t3_ownership.sql
\ir t4_containment.sql
\ir t5_topic.sql
\ir t6_scanner.sql
\ir t8_verify.sql
