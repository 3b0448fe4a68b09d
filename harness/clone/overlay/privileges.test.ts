import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { query } from '../../../tests/support/server.ts'
import { openSession } from '../../postgres/session.ts'
import { comparePrivileges, readPrivileges } from './read-privileges.ts'
import { makeTestClone, type TestClone } from './testing-clone.ts'

let pair: TestClone

beforeAll(async () => {
  pair = await makeTestClone(`
    CREATE ROLE readers; CREATE ROLE "Reading Room"; CREATE ROLE guests;
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
      EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT 17', current_database());
      EXECUTE format('COMMENT ON DATABASE %I IS ''the library''', current_database());
    END $$`)
})
afterAll(() => pair[Symbol.asyncDispose]())

async function compare(): Promise<string[]> {
  await using source = await openSession(pair.sourceReader)
  await using clone = await openSession(pair.cloneReader)
  return await comparePrivileges(['production', source], ['the clone', clone])
}

describe('a clone with the overlay', () => {
  it('has every owner, right and setting of its source', async () => {
    expect(await compare()).toEqual([])
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
      'in production only: column stacks.books.shelf: UPDATE for guests, from librarian',
      'GRANT UPDATE (shelf) ON stacks.books TO guests',
    ],
    [
      'GRANT EXECUTE ON FUNCTION stacks.lend(text) TO PUBLIC',
      'in the clone only: function stacks.lend(pg_catalog.text): EXECUTE for PUBLIC, from postgres',
      'REVOKE EXECUTE ON FUNCTION stacks.lend(text) FROM PUBLIC',
    ],
    [
      'ALTER TABLE stacks.titles OWNER TO librarian',
      'in production only: view stacks.titles: owner Reading Room',
      'ALTER TABLE stacks.titles OWNER TO "Reading Room"',
    ],
    ['ALTER ROLE guests CREATEDB', '"rolcreatedb": true', 'ALTER ROLE guests NOCREATEDB'],
    [
      'REVOKE SELECT ON LARGE OBJECT 420001 FROM guests',
      'large object 420001: SELECT for guests, from Reading Room, with grant option',
      'GRANT SELECT ON LARGE OBJECT 420001 TO guests WITH GRANT OPTION',
    ],
  ])('is told after %s', async ([change, told, back]) => {
    await query(pair.clone, change)
    expect((await compare()).join('\n')).toContain(told)
    await query(pair.clone, back)
    expect(await compare()).toEqual([])
  })

  it('stands in a list that names what is there by default, too', async () => {
    await using session = await openSession(pair.cloneReader)
    expect(await readPrivileges(session)).toContain(
      'function stacks.note(): EXECUTE for PUBLIC, from postgres',
    )
  })
})
