-- Roles of One-Roof's production beside its owner: groups, the people and programs in them, and how they work.

CREATE ROLE one_roof_readers;
CREATE ROLE one_roof_desk NOINHERIT;
CREATE ROLE one_roof_audit CONNECTION LIMIT 3;
CREATE ROLE one_roof_web LOGIN CONNECTION LIMIT 20 VALID UNTIL '2031-01-01 00:00+00';
CREATE ROLE "one-roof reporting" LOGIN;
CREATE ROLE one_roof_replica LOGIN REPLICATION;
CREATE ROLE jonas_weber LOGIN CREATEROLE CREATEDB;

COMMENT ON ROLE one_roof_readers IS 'Reads what is not about persons.';
COMMENT ON ROLE one_roof_desk IS 'The lettings desk: takes its rights on purpose, by SET ROLE.';
COMMENT ON ROLE one_roof_audit IS 'Owns the audit schema, and nobody is it.';
COMMENT ON ROLE one_roof_web IS 'The web page.';
COMMENT ON ROLE jonas_weber IS 'Database administrator.';

GRANT one_roof_readers TO one_roof_desk, "one-roof reporting";
GRANT one_roof_readers TO jonas_weber WITH ADMIN OPTION;
GRANT one_roof_desk TO jonas_weber;
GRANT pg_monitor TO jonas_weber;

ALTER ROLE one_roof_web SET search_path = lettings, public;
ALTER ROLE one_roof_web SET statement_timeout = '15s';
ALTER ROLE "one-roof reporting" SET default_transaction_read_only = 'on';
ALTER ROLE one_roof_desk IN DATABASE directus SET app.desk = 'town';
ALTER ROLE "one-roof reporting" IN DATABASE directus SET work_mem = '64MB';
