import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { query, startTestServer, type TestServer } from '../../tests/support/server.ts'
import { readDataRelations } from '../fingerprint/content/relations.ts'
import type { Connection } from '../postgres/connection.ts'
import { openSession } from '../postgres/session.ts'
import { tryCanaryWrites } from './canary.ts'
import { describeChangedIdentity, readIdentity, refuseProduction, refuseSame } from './identity.ts'
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
    ALTER TABLE fines ENABLE ROW LEVEL SECURITY; ALTER TABLE fines FORCE ROW LEVEL SECURITY`)
})
afterAll(() => server[Symbol.asyncDispose]())

async function tryCanaries(connection: Connection) {
  await using session = await openSession(connection)
  return await tryCanaryWrites(session, await readDataRelations(session))
}

describe('the reader', () => {
  it('has every write refused for want of the right, not by a read-only transaction', async () => {
    expect(await tryCanaries(reader)).toEqual([
      { statement: 'CREATE TABLE public.dress_rehearsal_canary ()', sqlstate: '42501' },
      { statement: 'DELETE FROM "public"."fines" WHERE false', sqlstate: '42501' },
      { statement: 'DELETE FROM "public"."loans" WHERE false', sqlstate: '42501' },
    ])
  })

  it('reads rows that row-level security hides from others', async () => {
    expect(await query(reader, 'SELECT id FROM fines')).toEqual([{ id: 1 }])
  })
})

describe('canary writes', () => {
  it('that are let in stop the rehearsal, and change nothing', async () => {
    await expect(tryCanaries(superuser)).rejects.toThrow('was not refused (accepted): CREATE TABLE')
    expect(await query(superuser, `SELECT to_regclass('dress_rehearsal_canary') AS canary`)).toEqual([
      { canary: null },
    ])
  })

  it('find a right to write one table', async () => {
    await query(superuser, `GRANT DELETE ON loans TO ${readerName}`)
    await expect(tryCanaries(reader)).rejects.toThrow(
      'was not refused (accepted): DELETE FROM "public"."loans"',
    )
    await query(superuser, `REVOKE DELETE ON loans FROM ${readerName}`)
  })
})

describe('the identity of a cluster', () => {
  it('refuses a clone that lives beside production, whatever it is called', async () => {
    await using session = await openSession(superuser)
    const production = await readIdentity(session)
    await using other = await openSession(await server.makeDatabase())
    const clone = await readIdentity(other)
    expect(clone.database).not.toBe(production.database)
    expect(() => refuseProduction(production, clone, superuser)).toThrow('lives in the cluster of production')
    expect(() => refuseProduction({ ...production, systemIdentifier: '1' }, clone, superuser)).not.toThrow()
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
    expect(describeChangedIdentity(before, await readIdentity(session))).toEqual([])
    expect(describeChangedIdentity(before, { ...before, timeline: '7' })).toEqual([
      'production has become another one: timeline 1 at entry, 7 now',
    ])
    expect(describeChangedIdentity(before, { ...before, databaseOid: '4' })).toEqual([
      `production has become another one: database OID ${before.databaseOid} at entry, 4 now`,
    ])
  })
})
