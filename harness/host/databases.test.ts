import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { query, startTestServer, type TestServer } from '../../tests/support/server.ts'
import type { Connection } from '../postgres/connection.ts'
import { MadeDatabases } from './databases.ts'

let server: TestServer
let other: Connection

beforeAll(async () => {
  server = await startTestServer(['wal_level = logical', 'max_prepared_transactions = 4'])
  other = await server.makeDatabase()
})
afterAll(() => server[Symbol.asyncDispose]())

const list = () =>
  query(
    other,
    `SELECT datname AS name, shobj_description(oid, 'pg_database') AS comment FROM pg_database
     WHERE datname LIKE 'made%' ORDER BY 1`,
  )
const mark = expect.stringMatching(/^made by Dress Rehearsal for the run in \/tmp\/run, at 20\d\d-/) as string

describe('databases that a run makes on a server that is not its own', () => {
  const make = () => new MadeDatabases(other, '/tmp/run', { marksEach: true })

  it('bear its mark, each by itself, and go under their names', async () => {
    const made = make()
    await made.create('made_one', 'postgres')
    await made.copy('made_one', 'made_two')
    await made.rename('made_two', 'made_three')
    expect(await list()).toEqual([
      { name: 'made_one', comment: mark },
      // A comment is not copied with a database: it has its own.
      { name: 'made_three', comment: mark },
    ])
    expect([...made.names]).toEqual(['made_one', 'made_three'])
    for (const name of made.names) await made.drop(name)
    expect(await list()).toEqual([])
  })

  it('are dropped when that is due, once, and not before', async () => {
    const made = make()
    await made.create('made_due', 'postgres')
    made.dropLater('made_due')
    expect(await list()).toHaveLength(1)
    await made.dropDue()
    expect({ there: await list(), names: [...made.names] }).toEqual({ there: [], names: [] })
    await made.dropDue()
  })

  it('keep their names where they cannot be renamed', async () => {
    const made = make()
    await made.create('made_one', 'postgres')
    await expect(made.rename('made_one', 'postgres')).rejects.toMatchObject({ code: 'QUERY_FAILED' })
    expect([...made.names]).toEqual(['made_one'])
    await made.drop('made_one')
  })

  it('go in spite of what a release may have left in them, or are told with what holds them', async () => {
    const made = make()
    await made.create('made_held', 'postgres')
    await made.create('made_kept', 'postgres')
    const held = { ...other, database: 'made_held' }
    await query(held, `SELECT pg_create_logical_replication_slot('left', 'test_decoding')`)
    await query(held, `CREATE TABLE t (); BEGIN; CREATE TABLE u (); PREPARE TRANSACTION 'left'`)
    const kept = { ...other, database: 'made_kept' }
    await query(
      kept,
      `CREATE SUBSCRIPTION news CONNECTION 'host=far.example' PUBLICATION p WITH (connect = false, slot_name = NONE)`,
    )
    expect(await made.dropAll()).toEqual([
      expect.stringMatching(/^database "made_kept": .*used by logical replication subscription/s),
    ])
    expect(await list()).toEqual([{ name: 'made_kept', comment: mark }])
    await query(kept, 'DROP SUBSCRIPTION news')
    expect(await made.dropAll()).toEqual([])
  })

  it('take no name that is taken, and drop nothing that bears no mark', async () => {
    const made = make()
    await expect(made.create(other.database, 'postgres')).rejects.toThrow(
      `the name "${other.database}" is taken by a database that this run did not create (comment: null)`,
    )
    await expect(made.drop(other.database)).rejects.toThrow(
      `"${other.database}" is not dropped: no rehearsal created it (comment: null)`,
    )
    expect(await query(other, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await made.drop('made_never')
  })
})

it('on a server of its own a run drops what it likes, once the server bears its mark', async () => {
  const { database } = await server.makeDatabase()
  const made = new MadeDatabases(other, '/tmp/run', { marksEach: false })
  await expect(made.drop(database)).rejects.toThrow(`"${database}" is not dropped: no rehearsal created it`)
  await made.markServer()
  await made.drop(database)
  expect(await query(other, `SELECT 1 FROM pg_database WHERE datname = '${database}'`)).toEqual([])
})
