import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { query, startTestServer, type TestServer } from '../../../tests/support/server.ts'
import type { Connection } from '../../postgres/connection.ts'
import { openSession } from '../../postgres/session.ts'
import { createReader, grantLargeObjects, readerName } from '../reader.ts'
import { readRights } from './read-rights.ts'
import { describeRight } from './right.ts'

let server: TestServer
let superuser: Connection
let reader: Connection

beforeAll(async () => {
  server = await startTestServer()
  superuser = await server.makeDatabase()
  reader = { ...superuser, user: readerName, password: 'only-for-this-test' }
  await using session = await openSession(superuser)
  await createReader(session, reader.password)
  // Until PostgreSQL 14 everybody may make tables in public.
  await session.rows(`
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    CREATE ROLE desk; CREATE ROLE clerk; GRANT desk TO clerk;
    CREATE TABLE loans (id integer PRIMARY KEY, days integer); CREATE SEQUENCE tickets;
    CREATE VIEW open_loans AS SELECT id, days FROM loans; CREATE VIEW counted AS SELECT count(*) FROM loans;
    SELECT lo_create(4711);
    CREATE FOREIGN DATA WRAPPER far; CREATE SERVER branch FOREIGN DATA WRAPPER far`)
  await grantLargeObjects(session)
})
afterAll(() => server[Symbol.asyncDispose]())

async function read(connection = reader) {
  await using session = await openSession(connection)
  return await readRights(session)
}

/** What a grant gives, and how it is told. */
const writes: readonly (readonly [sql: string, told: string])[] = [
  ...['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'].map(
    (right) =>
      [
        `GRANT ${right} ON loans TO ${readerName}`,
        `${right} on TABLE public.loans, through ${readerName}`,
      ] as const,
  ),
  ['GRANT UPDATE (days) ON loans TO PUBLIC', 'UPDATE (days) on TABLE public.loans, through PUBLIC'],
  ['GRANT INSERT ON open_loans TO PUBLIC', 'INSERT on TABLE public.open_loans, through PUBLIC'],
  [
    `GRANT USAGE ON SEQUENCE tickets TO ${readerName}`,
    `USAGE on SEQUENCE public.tickets, through ${readerName}`,
  ],
  ['GRANT UPDATE ON SEQUENCE tickets TO PUBLIC', 'UPDATE on SEQUENCE public.tickets, through PUBLIC'],
  ['GRANT CREATE ON SCHEMA public TO PUBLIC', 'CREATE on SCHEMA public, through PUBLIC'],
  ['GRANT CREATE ON DATABASE test_1 TO PUBLIC', 'CREATE on DATABASE test_1, through PUBLIC'],
  ['GRANT CREATE ON TABLESPACE pg_default TO PUBLIC', 'CREATE on TABLESPACE pg_default, through PUBLIC'],
  ['GRANT UPDATE ON LARGE OBJECT 4711 TO PUBLIC', 'UPDATE on LARGE OBJECT 4711, through PUBLIC'],
  ['GRANT USAGE ON FOREIGN SERVER branch TO PUBLIC', 'USAGE on FOREIGN SERVER branch, through PUBLIC'],
  ['GRANT USAGE ON FOREIGN DATA WRAPPER far TO PUBLIC', 'USAGE on FOREIGN DATA WRAPPER far, through PUBLIC'],
  [
    'GRANT EXECUTE ON FUNCTION pg_catalog.pg_reload_conf() TO PUBLIC',
    'EXECUTE on FUNCTION pg_reload_conf(), through PUBLIC: not granted to PUBLIC by default',
  ],
  ...['pg_write_all_data', 'pg_write_server_files', 'pg_execute_server_program', 'pg_signal_backend'].map(
    (role) => [`GRANT ${role} TO ${readerName}`, `MEMBER on ROLE ${role}, through ${readerName}`] as const,
  ),
  [`GRANT postgres TO ${readerName}`, `MEMBER on ROLE postgres, through ${readerName}: may do anything`],
  [
    `ALTER ROLE ${readerName} CREATEROLE`,
    `CREATEROLE on ROLE ${readerName}, through ${readerName}: may create roles, and through them become any role that is no superuser`,
  ],
  [
    `ALTER ROLE ${readerName} CREATEDB`,
    `CREATEDB on ROLE ${readerName}, through ${readerName}: may create databases`,
  ],
  [
    `ALTER ROLE ${readerName} REPLICATION`,
    `REPLICATION on ROLE ${readerName}, through ${readerName}: may create and drop replication slots, and stream the whole server`,
  ],
  [
    `ALTER ROLE ${readerName} SUPERUSER`,
    `SUPERUSER on ROLE ${readerName}, through ${readerName}: may do anything`,
  ],
]

describe('the rights of a role', () => {
  it('hold nothing by which the reader could write, and lack nothing', async () => {
    expect(await read()).toMatchObject({ role: readerName, writes: [], missing: [] })
  })

  it.each(writes)('tell what could write, and take it away again: %s', async (sql, told) => {
    await query(superuser, sql)
    const { writes: found } = await read()
    expect(found.map(describeRight)).toEqual([told])
    await query(superuser, found[0]!.revoke)
    expect((await read()).writes).toEqual([])
  })

  it('are also those of every role that it may become, however far, and whether or not it inherits', async () => {
    await query(superuser, `GRANT DELETE ON loans TO desk; ALTER ROLE ${readerName} NOINHERIT`)
    expect((await read()).writes).toEqual([])
    await query(superuser, `GRANT clerk TO ${readerName} WITH ADMIN OPTION`)
    expect((await read()).writes.map((right) => `${describeRight(right)} / ${right.revoke}`)).toEqual([
      `ADMIN OPTION on ROLE clerk, through ${readerName}: may grant membership in it / REVOKE ADMIN OPTION FOR clerk FROM ${readerName};`,
      'DELETE on TABLE public.loans, through desk / REVOKE DELETE ON TABLE public.loans FROM desk;',
    ])
    await query(superuser, `REVOKE clerk FROM ${readerName}; ALTER ROLE ${readerName} INHERIT`)
  })

  it('are those of an owner, directly or through a role', async () => {
    await query(
      superuser,
      `CREATE TABLE shelves (); ALTER TABLE shelves OWNER TO ${readerName};
       CREATE TYPE colour AS ENUM (); ALTER TYPE colour OWNER TO desk; GRANT desk TO ${readerName}`,
    )
    expect((await read()).writes.map((right) => `${describeRight(right)} / ${right.revoke}`)).toEqual([
      `OWNER on TABLE public.shelves, through ${readerName} / REASSIGN OWNED BY ${readerName} TO another_role;`,
      `OWNER on TYPE public.colour, through desk / REVOKE desk FROM ${readerName};`,
      'DELETE on TABLE public.loans, through desk / REVOKE DELETE ON TABLE public.loans FROM desk;',
    ])
    await query(superuser, `DROP TABLE shelves; REVOKE desk FROM ${readerName}`)
  })

  it('tell as extra what is more than reading needs, and yet no way of its own to write', async () => {
    await query(
      superuser,
      `CREATE FUNCTION lend(book integer) RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM loans';
       GRANT INSERT ON counted TO PUBLIC; GRANT pg_read_all_settings TO ${readerName};
       GRANT EXECUTE ON FUNCTION pg_catalog.pg_ls_dir(text) TO ${readerName}`,
    )
    const { writes: found, unneeded } = await read()
    expect(found).toEqual([])
    const told = unneeded.map(describeRight)
    expect(told).toEqual(
      expect.arrayContaining([
        `MEMBER on ROLE pg_read_all_settings, through ${readerName}: may read all settings`,
        'TEMPORARY on DATABASE test_1, through PUBLIC: may create temporary tables, which no dump contains',
        'INSERT on TABLE public.counted, through PUBLIC: has no effect on a view that is not updatable',
        'EXECUTE on FUNCTION lend(integer), through PUBLIC: SECURITY DEFINER, runs with the rights of postgres',
        `EXECUTE on FUNCTION pg_ls_dir(text), through ${readerName}: not granted to PUBLIC by default`,
        'EXECUTE on FUNCTION lo_create(oid), through PUBLIC: creates large objects',
        'EXECUTE on FUNCTION pg_advisory_xact_lock_shared(bigint), through PUBLIC: holds a lock that others may wait for',
        expect.stringMatching(
          /^EXECUTE on FUNCTION pg_logical_emit_message.*: writes into the write-ahead log$/,
        ),
      ]),
    )
    for (const { revoke } of unneeded) await query(superuser, revoke)
    expect((await read()).unneeded).toEqual([])
  })
})

describe('rights that are missing', () => {
  it('are told with the very statements that give them', async () => {
    const bare = { ...superuser, user: 'bare', password: 'only-for-this-test' }
    await query(
      superuser,
      `CREATE ROLE bare LOGIN PASSWORD 'only-for-this-test';
       CREATE SCHEMA "Back Room" CREATE TABLE "Old ""Maps" (id integer);
       ALTER TABLE loans ENABLE ROW LEVEL SECURITY; GRANT SELECT ON loans TO bare`,
    )
    const { missing, writes: found } = await read(bare)
    expect(found).toEqual([])
    expect(missing.map(({ grant }) => grant)).toEqual([
      'GRANT USAGE ON SCHEMA "Back Room" TO bare;',
      'GRANT SELECT ON TABLE "Back Room"."Old ""Maps" TO bare;',
      'GRANT SELECT ON SEQUENCE public.tickets TO bare;',
      'GRANT SELECT ON LARGE OBJECT 4711 TO bare;',
      'ALTER ROLE bare BYPASSRLS;',
      'GRANT pg_read_all_stats TO bare;',
    ])
    for (const { grant } of missing) await query(superuser, grant)
    expect(await read(bare)).toMatchObject({ writes: [], missing: [] })
  })
})
