import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashesOf, imageOf, rowAlias } from '../../harness/fingerprint/content/image.ts'
import { pinnedSettings } from '../../harness/postgres/pinned-settings.ts'
import { readDataRelations } from '../../harness/fingerprint/content/relations.ts'
import { openSession, type Row, type Session } from '../../harness/postgres/session.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let session: Session

beforeAll(async () => {
  server = await startTestServer()
  session = await openSession(await server.makeDatabase())
})
afterAll(async () => {
  await session[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

/** Each type with a few values that are easily taken for each other, so that two draws often agree. */
const types: readonly (readonly [type: string, ...values: readonly string[]])[] = [
  ['text', '', 'a', 'a ', 'A', '0', '"', '\\', ',', 'NULL'],
  ['char(3)', '', 'a', 'a ', ' a'],
  ['numeric', '0', '0.0', '1', '1.0', '-1', 'NaN'],
  ['float8', '0', '-0', 'NaN', 'Infinity', '1e-300', '0.1', '0.10000000000000002'],
  ['interval', '1 day', '24 hours', '30 days', '1 mon'],
  ['json', '1', ' 1', '[]', '{}', '""'],
  ['jsonb', '1', ' 1', '1.0', '[]', '{}'],
  ['text[]', '{}', '{NULL}', '{"NULL"}', '[0:0]={a}', '{a}', '{{a}}'],
  ['bytea', '', '\\x00', '\\x0000', '\\x20'],
  ['timestamptz', 'infinity', '-infinity', '2025-01-01 00:00Z', '2025-01-01 09:00+09'],
  ['numrange', 'empty', '(,)', '[1,2)', '[1,2]', '[1.0,2)'],
  ['inet', '10.0.0.1', '10.0.0.1/24', '::1'],
  ['regclass', 'pg_class', 'pg_proc', 'rows'],
  ['mood', '', 'glad', 'sad', 'NULL'],
  ['mood[]', '{}', '{NULL}', '{"NULL"}', '{sad}', '[2:2]={sad}'],
  ['pair', '(,)', '("",)', '(,1)', '(,1.0)', '("(",1)'],
  ['floats', 'empty', '[0,1)', '[-0,1)', '(,1)'],
  ['bits', '0000', '0001', '1000'],
  ['blanks', '', 'a', 'a ', ' a'],
]

const columns = types.map(([type, ...values], index) => {
  const literals = values.map((value) => `$$${value}$$`).join(', ')
  const value = `(ARRAY[${literals}, NULL])[1 + floor(random() * ${values.length + 1})::int]::${type}`
  return {
    name: `c${index}`,
    type,
    value,
    redrawn: `CASE WHEN pick = ${index} THEN ${value} ELSE c${index} END`,
  }
})
const listed = (part: (column: (typeof columns)[number]) => string) => columns.map(part).join(', ')

const groups = 200
const rowsAGroup = 101

describe('a million pairs of random rows', () => {
  it('have equal hashes exactly where all their values are written alike', async () => {
    await drawRows()
    const found = await comparePairs()
    const pairs = (groups * rowsAGroup * (rowsAGroup - 1)) / 2
    expect(pairs).toBeGreaterThan(1_000_000)
    expect(found).toEqual({ pairs, alike: expect.any(Number), wrong: 0 })
    // Both answers are frequent.
    expect(Number(found['alike']) / pairs).toBeGreaterThan(0.02)
    expect(Number(found['alike']) / pairs).toBeLessThan(0.5)
  })
})

/** Rows in groups; those of a group differ in one column each, so that no neighbour hides one that is overlooked. */
async function drawRows(): Promise<void> {
  await session.rows(`
    CREATE TYPE mood AS ENUM ('', 'glad', 'sad', 'NULL');
    CREATE TYPE pair AS (word text, number numeric);
    CREATE TYPE floats AS RANGE (subtype = float8);
    CREATE DOMAIN bits AS bit(4);
    CREATE DOMAIN blanks AS char(3);
    CREATE TABLE rows (id integer, "group" integer, ${listed(({ name, type }) => `${name} ${type}`)});
    SELECT setseed(0.42);
    INSERT INTO rows
    SELECT row_number() OVER (), "group", ${listed(({ redrawn }) => redrawn)}
    FROM (
      SELECT first.*, floor(random() * ${columns.length})::int AS pick
      FROM (SELECT "group", ${listed(({ name, value }) => `${value} AS ${name}`)} FROM generate_series(1, ${groups}) AS "group" OFFSET 0) AS first,
        generate_series(1, ${rowsAGroup})
      OFFSET 0
    ) AS picked`)
}

/** Compares the hashes of the digest with values as their output functions write them. */
async function comparePairs(): Promise<Row> {
  await session.rows(`BEGIN; ${pinnedSettings}`)
  const relations = await readDataRelations(session)
  const drawn = relations.find(({ identity }) => identity === 'rows')!
  // The number of a row and of its group are no values.
  const compared = { ...drawn, columns: drawn.columns.filter(({ name }) => name.startsWith('c')) }
  const [first, second] = hashesOf('image')
  const [row] = await session.rows(`
    WITH hashed AS MATERIALIZED (
      SELECT id, "group", written, ${first} AS first, ${second} AS second
      FROM (
        SELECT id, "group", ${imageOf(compared)} AS image,
          format('${columns.map(() => '%L').join(',')}', ${listed(({ name }) => name)}) AS written
        FROM public.rows AS ${rowAlias} OFFSET 0
      ) AS read
    )
    SELECT count(*)::int AS pairs, count(*) FILTER (WHERE one.written = two.written)::int AS alike,
      count(*) FILTER (WHERE (one.written = two.written) <> (one.first = two.first)
        OR (one.written = two.written) <> (one.second = two.second))::int AS wrong
    FROM hashed AS one JOIN hashed AS two ON one."group" = two."group" AND one.id < two.id`)
  await session.rows('ROLLBACK')
  return row!
}
