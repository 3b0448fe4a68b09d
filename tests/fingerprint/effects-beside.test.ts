import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'
import { makeEntry, openShelves, type Shelves } from './shelves.ts'

let server: TestServer
let shelves: Shelves
let major: number

beforeAll(async () => {
  server = await startTestServer()
  shelves = await openShelves(await makeEntry(server))
  const [row] = await shelves.writer.rows(
    `SELECT current_setting('server_version_num')::int / 10000 AS major`,
  )
  major = Number(row?.['major'])
})
afterAll(async () => {
  await shelves[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

/** The effect of the tables since the last reading, as `name +inserted ~updated -deleted =rewritten`. */
async function readEffect(): Promise<string[]> {
  const { effect, digests } = await shelves.read()
  expect(digests).toEqual(await shelves.readInFull())
  return Object.entries(effect.tables).map(
    ([name, { inserted, updated, deleted, rewritten }]) =>
      `${name} +${inserted} ~${updated} -${deleted} =${rewritten}`,
  )
}

describe('the effect of a transaction', () => {
  it('counts what subtransactions wrote, and nothing of those that were rolled back', async () => {
    await shelves.writer.rows(`
      BEGIN; UPDATE scratch SET v = 0 WHERE id = 1;
      SAVEPOINT one; UPDATE scratch SET v = 0 WHERE id = 2; UPDATE scratch SET v = v WHERE id = 3; RELEASE one;
      SAVEPOINT two; UPDATE scratch SET v = 0; DELETE FROM books; ROLLBACK TO two; COMMIT`)
    expect(await readEffect()).toEqual(['scratch +0 ~2 -0 =1'])
  })

  it('is nothing where it is rolled back', async () => {
    await shelves.writer.rows(
      'BEGIN; DELETE FROM books; TRUNCATE loans; INSERT INTO scratch VALUES (99); ROLLBACK',
    )
    expect(await readEffect()).toEqual([])
  })

  it('is told by the reading after its end where it is open during another', async () => {
    await shelves.other.rows(`
      BEGIN; UPDATE scratch SET v = -5 WHERE id = 5; INSERT INTO books VALUES (8001);
      SAVEPOINT one; DELETE FROM loans WHERE book = 1; UPDATE shelves SET width = -1 WHERE shelf = 1; RELEASE one;
      SAVEPOINT two; UPDATE scratch SET v = -6 WHERE id = 6`)
    await shelves.writer.rows('INSERT INTO books VALUES (8002)')
    expect(await readEffect()).toEqual(['books +1 ~0 -0 =0'])
    await shelves.writer.rows('INSERT INTO books VALUES (8003)')
    expect(await readEffect()).toEqual(['books +1 ~0 -0 =0'])
    await shelves.other.rows('COMMIT')
    expect(await readEffect()).toEqual([
      'books +1 ~0 -0 =0',
      'loans +0 ~0 -10 =0',
      'scratch +0 ~2 -0 =0',
      'shelves +0 ~3 -0 =0',
    ])
  })

  it('is nothing where it is open during a reading and rolled back later', async () => {
    await shelves.other.rows('BEGIN; SAVEPOINT one; DELETE FROM scratch')
    expect(await readEffect()).toEqual([])
    await shelves.other.rows('ROLLBACK')
    expect(await readEffect()).toEqual([])
  })

  it('counts the rows that MERGE inserts, updates and deletes', async ({ skip }) => {
    if (major < 15) skip('MERGE came with PostgreSQL 15')
    await shelves.writer.rows(`
      MERGE INTO scratch USING (VALUES (10, 0), (11, NULL), (90, 0), (12, 12)) AS s (id, v) ON s.id = scratch.id
      WHEN MATCHED AND s.v IS NULL THEN DELETE WHEN MATCHED THEN UPDATE SET v = s.v
      WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.v)`)
    expect(await readEffect()).toEqual(['scratch +1 ~1 -1 =1'])
  })
})

describe('a digest is taken over from the reading before', () => {
  // An enum's label can be renamed without a row being written.
  const always = 'feelings'

  it.each([
    ['where nothing happened', 'SELECT 1', []],
    ['where rows are moved by VACUUM FULL', 'VACUUM FULL books', []],
    ['where rows are locked', 'SELECT FROM books FOR UPDATE', []],
    ['but for what was written', 'UPDATE scratch SET v = v WHERE id = 20', ['scratch']],
    [
      'but for a table that lost a row',
      'DELETE FROM loans WHERE ctid = (SELECT min(ctid) FROM loans)',
      ['loans'],
    ],
    ['but for a table with other columns', 'ALTER TABLE drafts ADD x integer', ['drafts']],
  ])('%s', async (_what, statement, written) => {
    await shelves.read()
    await shelves.writer.rows(statement)
    const { hashed, digests } = await shelves.read()
    expect(hashed.toSorted()).toEqual([always, ...written].toSorted())
    expect(digests).toEqual(await shelves.readInFull())
  })
})

describe('the effect on a materialized view', () => {
  it('follows its refreshing, and not the rows below it', async () => {
    await shelves.writer.rows('REFRESH MATERIALIZED VIEW totals')
    await shelves.read()
    await shelves.writer.rows('UPDATE books SET copies = 1000 WHERE id = 1')
    expect(await readEffect()).toEqual(['books +0 ~1 -0 =0'])
    await shelves.writer.rows('REFRESH MATERIALIZED VIEW totals')
    expect(await readEffect()).toEqual([expect.stringMatching(/^totals \+2 ~0 -1 =\d$/)])
    await shelves.writer.rows('REFRESH MATERIALIZED VIEW totals')
    expect(await readEffect()).toEqual([expect.stringMatching(/^totals \+0 ~0 -0 =\d$/)])
  })
})

describe('the effect on large objects', () => {
  it.each([
    ['lo_put of other bytes', `SELECT lo_put(7, 0, '\\xff')`, '+0 ~1 -0 =0'],
    ['lo_put of the same bytes', `SELECT lo_put(8, 0, '\\x00')`, '+0 ~0 -0 =1'],
    ['lo_from_bytea', `SELECT lo_from_bytea(9, '\\x00')`, '+1 ~0 -0 =0'],
    ['lo_create of an empty one', 'SELECT lo_create(10)', '+1 ~0 -0 =0'],
    ['lo_unlink', 'SELECT lo_unlink(8)', '+0 ~0 -1 =0'],
    ['VACUUM FULL of their pages', 'VACUUM FULL pg_largeobject', ''],
  ])('of %s is exact', async (_what, statement, effect) => {
    await shelves.writer.rows(statement)
    expect(await readEffect()).toEqual(effect === '' ? [] : [`large objects ${effect}`])
  })
})

describe('the effect on sequences', () => {
  it.each([
    ['nextval', `SELECT nextval('numbers') FROM generate_series(1, 3)`, { numbers: 3 }],
    ['nextval that is rolled back', `BEGIN; SELECT nextval('numbers'); ROLLBACK`, { numbers: 1 }],
    ['nextval downwards', `SELECT nextval('steps') FROM generate_series(1, 2)`, { steps: 2 }],
    ['setval', `SELECT setval('numbers', 105)`, { numbers: 100 }],
    ['setval to the next value', `SELECT setval('numbers', 106, false)`, { numbers: 0 }],
    ['setval backwards', `SELECT setval('numbers', 6)`, { numbers: -99 }],
    ['a change of its increment', 'ALTER SEQUENCE numbers INCREMENT 10', {}],
    ['DROP SEQUENCE', 'DROP SEQUENCE steps', { steps: null }],
  ])('of %s is exact', async (_what, statement, expected) => {
    await shelves.writer.rows(statement)
    const { effect } = await shelves.read()
    const moved = Object.entries(effect.sequences).map(([name, sequence]) => [name, sequence.moved])
    expect(Object.fromEntries(moved)).toEqual(expected)
    expect(effect.tables).toEqual({})
  })
})
