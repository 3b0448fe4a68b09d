import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { query, startTestServer, type TestServer } from '../../tests/support/server.ts'
import type { Connection } from '../postgres/connection.ts'
import { openSession } from '../postgres/session.ts'
import { findTraces } from './traces.ts'
import { compareValues } from '../comparison/difference.ts'
import { readWriteCounters } from './write-counters.ts'

let server: TestServer
let connection: Connection

beforeAll(async () => {
  server = await startTestServer(['max_prepared_transactions = 4'])
  connection = await server.makeDatabase()
})
afterAll(() => server[Symbol.asyncDispose]())

describe('traces of a role', () => {
  it('are none where only our own sessions are there', async () => {
    await using session = await openSession(connection)
    await using other = await openSession(connection)
    expect(await findTraces(session, connection.user, [other])).toEqual([])
  })

  it('are a session that was left, a transaction left open, an advisory lock', async () => {
    await using session = await openSession(connection)
    await using left = await openSession(connection, 'left behind')
    await using own = await openSession(connection, 'our own')
    await own.rows('BEGIN')
    await own.rows('SELECT pg_advisory_lock(4, 2)')
    const traces = await findTraces(session, connection.user, [own])
    expect(traces.map((trace) => trace.replace(/^session \d+/, 'session 1')).sort()).toEqual([
      expect.stringMatching(/^advisory lock \(4, 2\) of process \d+$/),
      expect.stringMatching(/^session \d+ \(left behind\) as postgres: idle$/),
      expect.stringMatching(/^session \d+ \(our own\) as postgres: idle in transaction$/),
    ])
    await left.rows('SELECT')
  })

  it('are a transaction that the role has prepared, and a session of ours as somebody else', async () => {
    await query(
      connection,
      "CREATE ROLE shipper LOGIN SUPERUSER PASSWORD 'p'; GRANT pg_read_all_stats TO shipper",
    )
    const shipper = { ...connection, user: 'shipper', password: 'p' }
    await query(shipper, "BEGIN; CREATE TABLE stock (); PREPARE TRANSACTION 'left'")
    await using session = await openSession(connection)
    await using _ours = await openSession(shipper)
    await using _theirs = await openSession(shipper, 'their own')
    expect(await findTraces(session, 'shipper', [])).toContain('prepared transaction left')
    const traces = await findTraces(session, 'somebody_else', [], ['shipper'])
    expect(traces).toEqual([expect.stringMatching(/^session \d+ \(dress-rehearsal\) as shipper: idle$/)])
    await query(shipper, "ROLLBACK PREPARED 'left'")
  })

  it('leave others in peace', async () => {
    await using session = await openSession(connection)
    await using other = await openSession(connection)
    await other.rows('BEGIN')
    expect(await findTraces(session, 'somebody_else', [])).toEqual([])
  })
})

describe('write counters', () => {
  it('move by a write that was taken back, of which nothing else tells', async () => {
    await query(connection, 'CREATE TABLE loans (id integer); CREATE TABLE fines (id integer)')
    await using session = await openSession(connection)
    const before = await readWriteCounters(session)
    await query(connection, 'BEGIN; INSERT INTO loans VALUES (1), (2); ROLLBACK')
    await expect
      .poll(async () => compareValues('writes', before, await readWriteCounters(session)))
      .toEqual([
        {
          kind: 'writes',
          name: 'public.loans',
          before: '0 inserted, 0 updated, 0 deleted',
          after: '2 inserted, 0 updated, 0 deleted',
        },
      ])
  })
})
