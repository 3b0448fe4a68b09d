import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { query, startTestServer, type TestServer } from '../../tests/support/server.ts'
import type { Connection } from '../postgres/connection.ts'
import { openSession } from '../postgres/session.ts'
import { isCanaryStatement } from './canary-statements.ts'
import { tryCanaryWrites } from './canary.ts'
import {
  describeChangedIdentity,
  readIdentity,
  refuseProduction,
  refuseSameServer,
  refuseSame,
} from './identity.ts'
import { createReader, readerName } from './reader.ts'

let server: TestServer
let superuser: Connection
let reader: Connection

beforeAll(async () => {
  server = await startTestServer()
  superuser = await server.makeDatabase()
  reader = { ...superuser, user: readerName, password: 'only-for-this-test' }
  await using session = await openSession(superuser)
  await createReader(session, reader.password)
  await session.rows(`
    CREATE TABLE loans (id integer PRIMARY KEY); INSERT INTO loans VALUES (1);
    CREATE TABLE fines (id integer); INSERT INTO fines VALUES (1);
    ALTER TABLE fines ENABLE ROW LEVEL SECURITY; ALTER TABLE fines FORCE ROW LEVEL SECURITY;
    CREATE VIEW open_loans AS SELECT id FROM loans; CREATE VIEW counted AS SELECT count(*) FROM loans;
    CREATE TABLE kept (); CREATE RULE keep AS ON DELETE TO kept DO INSTEAD NOTHING;
    CREATE SCHEMA "Back Room"; CREATE SEQUENCE "Back Room"."it's a \\ sequence";
    SELECT lo_create(7), lo_create(8); GRANT SELECT ON LARGE OBJECT 8 TO PUBLIC`)
})
afterAll(() => server[Symbol.asyncDispose]())

async function tryCanaries(connection: Connection, mayWrite = false) {
  await using session = await openSession(connection)
  return await tryCanaryWrites(session, { mayWrite })
}

describe('the reader', () => {
  it('has every write refused for want of the right, not by a read-only transaction', async () => {
    const canaries = await tryCanaries(reader)
    expect(canaries.map(({ statement }) => statement)).toEqual([
      'CREATE SCHEMA dress_rehearsal_canary',
      'CREATE TABLE "Back Room".dress_rehearsal_canary ()',
      'CREATE TABLE public.dress_rehearsal_canary ()',
      'DELETE FROM public.fines WHERE false',
      'LOCK TABLE public.kept IN ROW EXCLUSIVE MODE NOWAIT',
      'DELETE FROM public.loans WHERE false',
      'DELETE FROM public.open_loans WHERE false',
      `SELECT nextval( E'"Back Room"."it''s a \\\\ sequence"')`,
      "SELECT lo_put(7, 0, '')",
      "SELECT lo_put(8, 0, '')",
      "SELECT pg_create_physical_replication_slot('dress_rehearsal_canary', false, true)",
      "SELECT pg_create_logical_replication_slot('dress_rehearsal_canary', 'test_decoding', true)",
    ])
    expect(canaries.every(({ outcome, sqlstate }) => outcome === 'refused' && sqlstate === '42501')).toBe(
      true,
    )
    expect(canaries.map(({ statement }) => statement).filter((text) => !isCanaryStatement(text))).toEqual([])
  })

  it('reads rows that row-level security hides from others', async () => {
    expect(await query(reader, 'SELECT id FROM fines')).toEqual([{ id: 1 }])
  })
})

describe('canary writes', () => {
  it('that are let in stop the rehearsal, and change nothing', async () => {
    await expect(tryCanaries(superuser)).rejects.toThrow('was not refused (accepted): CREATE SCHEMA')
    expect(await query(superuser, `SELECT to_regclass('dress_rehearsal_canary') AS canary`)).toEqual([
      { canary: null },
    ])
  })

  it('find a right to write one table', async () => {
    await query(superuser, `GRANT DELETE ON loans TO ${readerName}`)
    await expect(tryCanaries(reader)).rejects.toThrow('was not refused (accepted): DELETE FROM public.loans')
    await query(superuser, `REVOKE DELETE ON loans FROM ${readerName}`)
  })

  it('that are let in are told where the role was declared to write, and none of them leaves anything', async () => {
    const sequence = `SELECT is_called FROM "Back Room"."it's a \\ sequence"`
    const canaries = await tryCanaries(superuser, true)
    expect(canaries.map(({ outcome }) => outcome)).toEqual(Array(9).fill('accepted'))
    expect(canaries.some(({ statement }) => /nextval|slot/.test(statement))).toBe(false)
    expect(await query(superuser, sequence)).toEqual([{ is_called: false }])
    expect(await query(superuser, "SELECT 1 FROM pg_namespace WHERE nspname LIKE 'dress%'")).toEqual([])
  })

  it('have no other form: a statement that could change something is none', () => {
    const others = [
      'DELETE FROM public.loans',
      'DELETE FROM public.loans WHERE false OR true',
      'DELETE FROM public.loans WHERE false; DELETE FROM public.loans',
      "SELECT lo_put(7, 0, 'x')",
      "SELECT nextval('a'), setval('a', 1)",
      "SELECT pg_create_physical_replication_slot('dress_rehearsal_canary')",
    ]
    expect(others.filter(isCanaryStatement)).toEqual([])
  })
})

describe('the identity of a cluster', () => {
  it('refuses a clone that lives beside production, whatever it is called', async () => {
    await using session = await openSession(superuser)
    const production = await readIdentity(session)
    await using other = await openSession(await server.makeDatabase())
    const clone = await readIdentity(other)
    expect(clone.database).not.toBe(production.database)
    expect(() => refuseSameServer(production, clone)).toThrow('is in the cluster of production')
    expect(() => refuseProduction(production, clone)).not.toThrow()
    expect(() => refuseProduction(production, { ...clone, databaseOid: production.databaseOid })).toThrow(
      'is production itself',
    )
    expect(() => refuseSameServer({ ...production, systemIdentifier: '1' }, clone)).not.toThrow()
  })

  it('refuses a golden clone that is production under another name', async () => {
    await using session = await openSession(superuser)
    const production = await readIdentity(session)
    await using other = await openSession(await server.makeDatabase())
    expect(() => refuseSame(production, { ...production, database: 'alias' })).toThrow(
      'golden "alias" is production itself',
    )
    const golden = await readIdentity(other)
    expect(() => refuseSame(production, golden)).not.toThrow()
  })

  it('tells a production that has become another one, by a failover or a restore', async () => {
    await using session = await openSession(superuser)
    const before = await readIdentity(session)
    expect(describeChangedIdentity('production', before, await readIdentity(session))).toEqual([])
    expect(describeChangedIdentity('production', before, { ...before, timeline: '7' })).toEqual([
      'the identity of production has changed: timeline 1 at entry, 7 now',
    ])
    expect(describeChangedIdentity('production', before, { ...before, databaseOid: '4' })).toEqual([
      `the identity of production has changed: database OID ${before.databaseOid} at entry, 4 now`,
    ])
  })
})
