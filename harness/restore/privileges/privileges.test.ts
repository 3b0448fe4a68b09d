import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { query } from '../../../tests/support/server.ts'
import { compareWithSource, makeTestClone, type TestClone } from '../../../tests/support/privileges-clone.ts'

let pair: TestClone

beforeAll(async () => {
  pair = await makeTestClone(`
    CREATE ROLE readers; CREATE ROLE "Reading Room"; CREATE ROLE guests; CREATE ROLE caretaker SUPERUSER;
    COMMENT ON ROLE readers IS 'They read.'; GRANT readers TO guests WITH ADMIN OPTION;
    ALTER ROLE guests SET work_mem = '8MB'; GRANT SET ON PARAMETER log_statement TO librarian;
    REVOKE EXECUTE ON FUNCTION pg_sleep(double precision) FROM PUBLIC;
    CREATE SCHEMA stacks AUTHORIZATION "Reading Room"; GRANT USAGE ON SCHEMA stacks TO readers WITH GRANT OPTION;
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    CREATE TABLE stacks.books (id integer GENERATED ALWAYS AS IDENTITY, title text, shelf text);
    ALTER TABLE stacks.books OWNER TO librarian;
    GRANT SELECT ON stacks.books TO readers WITH GRANT OPTION; GRANT SELECT (title), UPDATE (shelf) ON stacks.books TO guests;
    SET SESSION AUTHORIZATION readers; GRANT SELECT ON stacks.books TO guests; RESET SESSION AUTHORIZATION;
    CREATE VIEW stacks.titles AS SELECT title FROM stacks.books; ALTER VIEW stacks.titles OWNER TO "Reading Room";
    CREATE SEQUENCE stacks.tickets; GRANT USAGE ON SEQUENCE stacks.tickets TO guests;
    CREATE FUNCTION stacks.lend(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
    REVOKE ALL ON FUNCTION stacks.lend(text) FROM PUBLIC; GRANT EXECUTE ON FUNCTION stacks.lend(text) TO guests;
    CREATE PROCEDURE stacks.close() LANGUAGE sql AS ''; ALTER PROCEDURE stacks.close() OWNER TO librarian;
    CREATE DOMAIN stacks.isbn AS text; REVOKE USAGE ON TYPE stacks.isbn FROM PUBLIC; GRANT USAGE ON TYPE stacks.isbn TO readers;
    REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC; GRANT USAGE ON LANGUAGE plpgsql TO librarian;
    CREATE FOREIGN DATA WRAPPER courier; CREATE SERVER branch FOREIGN DATA WRAPPER courier;
    GRANT USAGE ON FOREIGN SERVER branch TO guests; GRANT USAGE ON FOREIGN DATA WRAPPER courier TO readers;
    CREATE COLLATION stacks.by_byte (PROVIDER = libc, LOCALE = 'C'); ALTER COLLATION stacks.by_byte OWNER TO librarian;
    CREATE STATISTICS stacks.shelves ON title, shelf FROM stacks.books; ALTER STATISTICS stacks.shelves OWNER TO librarian;
    CREATE PUBLICATION news FOR TABLE stacks.books; ALTER PUBLICATION news OWNER TO librarian;
    CREATE FUNCTION stacks.note() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
    CREATE EVENT TRIGGER note ON ddl_command_end EXECUTE FUNCTION stacks.note();
    SELECT lo_from_bytea(420001, 'scan'); ALTER LARGE OBJECT 420001 OWNER TO "Reading Room";
    GRANT SELECT ON LARGE OBJECT 420001 TO guests WITH GRANT OPTION; COMMENT ON LARGE OBJECT 420001 IS 'a scan';
    ALTER DEFAULT PRIVILEGES FOR ROLE librarian IN SCHEMA stacks GRANT SELECT ON TABLES TO readers;
    ALTER DEFAULT PRIVILEGES FOR ROLE "Reading Room" REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
    DO $$ BEGIN
      EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
      EXECUTE format('GRANT CREATE ON DATABASE %I TO "Reading Room"', current_database());
      EXECUTE format('ALTER DATABASE %I SET search_path = stacks, public', current_database());
      EXECUTE format('ALTER ROLE guests IN DATABASE %I SET app.desk = ''south''', current_database());
      EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT 17', current_database());
      EXECUTE format('COMMENT ON DATABASE %I IS ''the library''', current_database());
    END $$`)
})
afterAll(() => pair[Symbol.asyncDispose]())

describe('a clone with the overlay', () => {
  it('has every owner, right and setting of its source', async () => {
    expect(await compareWithSource(pair)).toEqual([])
  })

  it.for<[what: string, text: string]>([
    [
      'rights on relations',
      'SELECT c.oid::regclass::text AS name, a.* FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid > 16383',
    ],
    [
      'rights on columns',
      'SELECT c.attname AS name, a.* FROM pg_attribute c, aclexplode(c.attacl) a WHERE attrelid > 16383',
    ],
    [
      'default privileges',
      'SELECT d.defaclobjtype AS name, a.* FROM pg_default_acl d, aclexplode(d.defaclacl) a',
    ],
    [
      'rights on large objects',
      'SELECT m.oid::text AS name, a.* FROM pg_largeobject_metadata m, aclexplode(m.lomacl) a',
    ],
    [
      'rights on the database',
      'SELECT d.datconnlimit AS name, a.* FROM pg_database d, aclexplode(d.datacl) a WHERE d.datname = current_database()',
    ],
  ])('has the %s that the catalog tells, one by one', async ([, text]) => {
    const named = `
      SELECT x.name, x.grantor::regrole::text AS grantor, x.privilege_type, x.is_grantable,
        CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE x.grantee::regrole::text END AS grantee
      FROM (${text}) AS x ORDER BY 1, 2, 5, 3`
    const source = await query(pair.source, named)
    expect(source).not.toEqual([])
    expect(await query(pair.clone, named)).toEqual(source)
  })

  it('leaves no owner but those of the source', async () => {
    const owners = `SELECT relname, relowner::regrole::text AS owner FROM pg_class WHERE oid > 16383 AND relname !~ '^pg_toast' ORDER BY 1`
    expect(await query(pair.clone, owners)).toEqual(await query(pair.source, owners))
  })
})

describe('a right that was lost, or won, on the clone', () => {
  it.for<[change: string, told: string, back: string]>([
    [
      'REVOKE UPDATE (shelf) ON stacks.books FROM guests',
      'column stacks.books.shelf: grants is "guests=w/librarian" in production, "" in the clone',
      'GRANT UPDATE (shelf) ON stacks.books TO guests',
    ],
    [
      'GRANT EXECUTE ON FUNCTION stacks.lend(text) TO PUBLIC',
      'function stacks.lend(text): grants is "guests=X/postgres, postgres=X/postgres" in production, "=X/postgres, guests=X/postgres, postgres=X/postgres" in the clone',
      'REVOKE EXECUTE ON FUNCTION stacks.lend(text) FROM PUBLIC',
    ],
    [
      'ALTER TABLE stacks.titles OWNER TO librarian',
      'view stacks.titles: owner is "\\"Reading Room\\"" in production, "librarian" in the clone',
      'ALTER TABLE stacks.titles OWNER TO "Reading Room"',
    ],
    [
      'ALTER EVENT TRIGGER note OWNER TO caretaker',
      'event trigger note: owner is "postgres" in production, "caretaker" in the clone',
      'ALTER EVENT TRIGGER note OWNER TO postgres',
    ],
    [
      'REVOKE SELECT ON LARGE OBJECT 420001 FROM guests',
      'large object 420001: grants is "\\"Reading Room\\"=rw/\\"Reading Room\\", dress_rehearsal_reader=r/\\"Reading Room\\", guests=r*/\\"Reading Room\\"" in production',
      'GRANT SELECT ON LARGE OBJECT 420001 TO guests WITH GRANT OPTION',
    ],
    [
      'ALTER DEFAULT PRIVILEGES FOR ROLE librarian IN SCHEMA stacks REVOKE SELECT ON TABLES FROM readers',
      'default privileges for role librarian in schema stacks on tables is in production only',
      'ALTER DEFAULT PRIVILEGES FOR ROLE librarian IN SCHEMA stacks GRANT SELECT ON TABLES TO readers',
    ],
    [
      'GRANT EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) TO PUBLIC',
      'system grants function pg_catalog.pg_sleep(double precision) is in production only',
      'REVOKE EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) FROM PUBLIC',
    ],
    [
      'REVOKE USAGE ON LANGUAGE plpgsql FROM librarian',
      'language plpgsql: grants is ',
      'GRANT USAGE ON LANGUAGE plpgsql TO librarian',
    ],
  ])('is told after %s', tellsChange)
})

describe('what the cluster was told of roles and of the database', () => {
  it.for<[change: string, told: string, back: string]>([
    [
      'ALTER ROLE guests CREATEDB',
      'role guests: create databases is "false" in production, "true" in the clone',
      'ALTER ROLE guests NOCREATEDB',
    ],
    [
      "COMMENT ON ROLE readers IS 'some'",
      'role readers: comment is "They read." in production, "some" in the clone',
      "COMMENT ON ROLE readers IS 'They read.'",
    ],
    ['CREATE ROLE strangers', 'role strangers is in the clone only', 'DROP ROLE strangers'],
    [
      'REVOKE readers FROM guests',
      'membership guests in readers is in production only',
      'GRANT readers TO guests WITH ADMIN OPTION',
    ],
    [
      'REVOKE ADMIN OPTION FOR readers FROM guests',
      'membership guests in readers: admin is "true" in production, "false" in the clone',
      'GRANT readers TO guests WITH ADMIN OPTION',
    ],
    [
      "ALTER ROLE guests SET work_mem = '9MB'",
      'settings role guests: settings is "{work_mem=8MB}" in production, "{work_mem=9MB}" in the clone',
      "ALTER ROLE guests SET work_mem = '8MB'",
    ],
    [
      'ALTER DATABASE test_2 RESET search_path',
      'settings all roles in database test_1 is in production only',
      'ALTER DATABASE test_2 SET search_path = stacks, public',
    ],
    [
      'ALTER ROLE guests IN DATABASE test_2 RESET ALL',
      'settings role guests in database test_1 is in production only',
      "ALTER ROLE guests IN DATABASE test_2 SET app.desk = 'south'",
    ],
    [
      "COMMENT ON DATABASE test_2 IS 'a library'",
      'database test_1: comment is "the library" in production, "a library" in the clone',
      "COMMENT ON DATABASE test_2 IS 'the library'",
    ],
    [
      'ALTER DATABASE test_2 CONNECTION LIMIT 18',
      'database test_1: connection limit is "17" in production, "18" in the clone',
      'ALTER DATABASE test_2 CONNECTION LIMIT 17',
    ],
    [
      'ALTER DATABASE test_2 OWNER TO readers',
      'database test_1: owner is "librarian" in production, "readers" in the clone',
      'ALTER DATABASE test_2 OWNER TO librarian',
    ],
    [
      'GRANT TEMPORARY ON DATABASE test_2 TO PUBLIC',
      'database test_1: grants is ',
      'REVOKE TEMPORARY ON DATABASE test_2 FROM PUBLIC',
    ],
    [
      'REVOKE SET ON PARAMETER log_statement FROM librarian',
      'parameter log_statement is in production only',
      'GRANT SET ON PARAMETER log_statement TO librarian',
    ],
  ])('is told after %s', tellsChange)

  it('is not the matter of the clone where it is told of another database, or who granted it', async () => {
    await query(
      pair.source,
      `ALTER ROLE guests IN DATABASE postgres SET work_mem = '9MB';
       SET SESSION AUTHORIZATION guests; GRANT readers TO librarian`,
    )
    await query(pair.clone, 'GRANT readers TO librarian')
    expect(await compareWithSource(pair)).toEqual([])
  })
})

async function tellsChange([change, told, back]: [change: string, told: string, back: string]) {
  await query(pair.clone, change)
  const problems = await compareWithSource(pair)
  await query(pair.clone, back)
  expect(problems.join('\n')).toContain(told)
}
