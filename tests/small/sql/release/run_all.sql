-- Runs the tiers in order; stops at the first error.
\set ON_ERROR_STOP on
\ir t0_preflight.sql
\ir t1_structure.sql
\ir t2_seed.sql
