-- Runs the tiers in order; stops at the first error.
\set ON_ERROR_STOP on
\ir prices.sql
