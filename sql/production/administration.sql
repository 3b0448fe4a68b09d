-- What only an administrator can give One-Roof's production: roles, their grants, what guards the whole database.
--
-- Run it as the superuser in the database that make.sql has made. Roles get no password here: nobody gets in by them.

\set ON_ERROR_STOP on

SET client_min_messages = warning;
SET TimeZone = 'UTC';
SET search_path = public;

BEGIN;

\ir administration/10_roles.sql
\ir administration/20_owners_and_grants.sql
\ir administration/30_database.sql

COMMIT;
