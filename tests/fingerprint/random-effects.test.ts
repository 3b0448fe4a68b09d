import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { query, startTestServer, type TestServer } from '../support/server.ts'
import type { Row, Session } from '../../harness/postgres/session.ts'
import { statementsOf, steps, type Act, type Step } from './random-writes.ts'
import { oracleBetween, readState } from './row-oracle.ts'
import { makeEntry, openShelves, type Entry, type Shelves } from './shelves.ts'

let server: TestServer
let entry: Entry

beforeAll(async () => {
  server = await startTestServer()
  // Its transactions would be open during a reading by chance.
  const connection = await server.makeDatabase()
  await query(connection, 'ALTER SYSTEM SET autovacuum = off')
  await query(connection, 'SELECT pg_reload_conf()')
  entry = await makeEntry(server)
})
afterAll(() => server[Symbol.asyncDispose]())

describe('after random writes of every kind', () => {
  it('the measured effect is what all rows, read before and after, say', async () => {
    const property = fc.asyncProperty(steps, async (all) => {
      await using shelves = await openShelves(entry)
      for (const session of [shelves.writer, shelves.other]) await session.rows('SET lock_timeout = 10000')
      const state: State = {
        isOpen: null,
        rows: await readState(shelves.writer),
        sequences: await readSequences(shelves.writer),
      }
      for (const step of all) {
        await perform(shelves, step, state)
        await compare(shelves, state)
      }
    })
    await fc.assert(property, { seed: 20251122, numRuns: 6, endOnFailure: true })
  })
})

interface State {
  /** What the other session has begun and not ended. */
  isOpen: Act | null
  rows: Awaited<ReturnType<typeof readState>>
  sequences: readonly Row[]
}

async function perform({ writer, other }: Shelves, { opens, acts, alone, closes }: Step, state: State) {
  if (state.isOpen === null && opens !== null) {
    state.isOpen = opens
    await run(other, ['BEGIN', ...statementsOf(opens)])
  }
  for (const act of acts) await run(writer, ['BEGIN', ...statementsOf(act), act.ends])
  if (alone !== null) await writer.rows(alone)
  if (state.isOpen !== null && closes) {
    await other.rows(state.isOpen.ends)
    state.isOpen = null
  }
}

async function run(session: Session, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await session.rows(statement)
}

async function compare(shelves: Shelves, state: State): Promise<void> {
  const { effect, digests } = await shelves.read()
  const [rows, sequences] = [await readState(shelves.writer), await readSequences(shelves.writer)]
  const oracle = oracleBetween(state.rows, rows)
  const bare = (table: object) => ({ ...table, keys: [] })
  const counts = (tables: Readonly<Record<string, object>>) =>
    Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, bare(table)]))
  expect(counts(effect.tables)).toEqual(counts(oracle))
  for (const [name, { keys, inserted, updated, deleted }] of Object.entries(effect.tables)) {
    const all = oracle[name]!.keys
    expect(all).toEqual(expect.arrayContaining([...keys]))
    expect(keys.length).toBe(all.length === 0 ? 0 : Math.min(5, inserted + updated + deleted))
  }
  expect(digests).toEqual(await shelves.readInFull())
  const moved = sequences.map(
    ({ name, next }, index) => [name, Number(next) - Number(state.sequences[index]!['next'])] as const,
  )
  const measured = Object.entries(effect.sequences).map(([name, sequence]) => [name, sequence.moved] as const)
  const isMoved = ([, by]: readonly [unknown, unknown]) => by !== 0
  expect(measured.filter(isMoved)).toEqual(moved.filter(isMoved))
  Object.assign(state, { rows, sequences })
}

/** How many values each sequence has given out since its start. */
function readSequences(session: Session): Promise<Row[]> {
  return session.rows(`
    SELECT 'numbers' AS name, last_value + is_called::int AS next FROM numbers
    UNION ALL SELECT 'steps', -last_value / 5 + is_called::int FROM steps ORDER BY name`)
}
