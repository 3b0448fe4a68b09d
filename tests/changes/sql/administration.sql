-- What only an administrator can give the lending desk: roles, an event trigger, and a way to act as one.
CREATE ROLE visitors;
CREATE ROLE clerks;
GRANT USAGE ON SCHEMA desk TO visitors, clerks;
GRANT SELECT ON desk.v_rooms TO visitors;
GRANT CREATE ON SCHEMA desk TO clerks;
ALTER VIEW desk.v_boards OWNER TO clerks;
GRANT SELECT ON desk.shelves TO clerks;
GRANT ALTER SYSTEM ON PARAMETER work_mem TO librarian;

-- Whoever ships the library's releases is trusted with this, and a release shows what was done by it. Golden is made
-- in production's own cluster: what a cluster keeps is to be changed in the clone's alone. %I stands for the database.
CREATE FUNCTION desk.administer(statement text, only_the_clone boolean DEFAULT false) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
  AS $$
BEGIN
  IF only_the_clone AND current_database() NOT LIKE '%rehearsal' THEN
    RETURN;
  END IF;
  EXECUTE format(statement, current_database());
END
$$;
REVOKE ALL ON FUNCTION desk.administer(text, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION desk.administer(text, boolean) TO librarian;

CREATE FUNCTION desk.keep_desk() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER keep_desk ON sql_drop EXECUTE FUNCTION desk.keep_desk();

-- Made by the role that a clone is restored by, since a dump does not say who made an extension.
ALTER ROLE librarian SUPERUSER;
SET ROLE librarian;
CREATE EXTENSION pg_trgm SCHEMA desk;
RESET ROLE;
ALTER ROLE librarian NOSUPERUSER;

-- As a CREATE INDEX CONCURRENTLY that failed has left it.
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'desk.visits_day_idx'::regclass;
