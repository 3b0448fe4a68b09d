import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSession, type Session } from '../../harness/postgres/session.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { digestsOf } from './read-digests.ts'

let server: TestServer
let session: Session
let hasXml: boolean

beforeAll(async () => {
  server = await startTestServer()
  session = await openSession(await server.makeDatabase())
  await session.rows(`
    CREATE TYPE mood AS ENUM ('glad', 'sad', '', 'NULL');
    CREATE TYPE pair AS (number numeric, word text);
    CREATE TYPE lone AS (word text);
    CREATE TYPE floats AS RANGE (subtype = float8);
    CREATE DOMAIN short_text AS char(6);
    CREATE DOMAIN shorter_text AS short_text CHECK (VALUE <> '');
    CREATE DOMAIN short_texts AS char(6)[];
    CREATE DOMAIN bits AS bit(8);
    CREATE DOMAIN price AS numeric(9, 3);
    CREATE DOMAIN feeling AS mood;
    CREATE DOMAIN couple AS pair;
    CREATE DOMAIN place AS regclass;
    CREATE TABLE shelf (); CREATE TABLE "Shelf" ()`)
  const [row] = await session.rows(
    `SELECT count(*) = 1 AS built FROM pg_config WHERE name = 'CONFIGURE' AND setting LIKE '%with-libxml%'`,
  )
  hasXml = row?.['built'] === true
})
afterAll(async () => {
  await session[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

/** Whether tables of one column with these values (SQL expressions), one a row, have one digest. */
async function areEqual(type: string, first: string, second: string): Promise<boolean> {
  const { one, two } = await digestsOf(
    session,
    `CREATE TABLE one (value ${type}); INSERT INTO one VALUES ${first};
    CREATE TABLE two (value ${type}); INSERT INTO two VALUES ${second}`,
  )
  expect(one).toMatch(/^\d+\/-?\d+\/-?\d+$/)
  return one === two
}

describe('two contents are told apart where', () => {
  it.each([
    ['text', "('a'), ('a'), ('b')", "('a'), ('b'), ('b')"],
    ['text', "('a')", "('a'), ('a')"],
    ['text', '(NULL)', "('')"],
    ['text', "('a')", "('a ')"],
    ['text', "('a')", "('A')"],
    ['text', "(U&'\\00e9')", "(U&'e\\0301')"],
    ['varchar(5)', "('a')", "('a  ')"],
    ['char(5)', "('a')", "('b')"],
    ['"char"', "('a')", "('b')"],
    ['name', "('a')", "('b')"],
    ['boolean', '(false)', '(NULL)'],
    ['smallint', '(1)', '(256)'],
    ['bigint', '(9007199254740992)', '(9007199254740993)'],
    ['numeric', '(1.0)', '(1.00)'],
    ['numeric', "('NaN')", '(NULL)'],
    ['float8', "('NaN')", '(NULL)'],
    ['float8', "('-0')", "('0')"],
    ['float4', "('-0')", "('0')"],
    ['float8', "('Infinity')", "('-Infinity')"],
    ['float8', '(0.1::float8 + 0.2::float8)', '(0.3::float8)'],
    ['money', "('$1.00')", "('$1.01')"],
    ['interval', "('1 day')", "('24 hours')"],
    ['interval', "('1 mon')", "('30 days')"],
    ['timestamptz', "('infinity')", "('-infinity')"],
    ['timestamptz', "('2025-01-01 00:00:00.000001Z')", "('2025-01-01 00:00:00Z')"],
    ['timetz', "('12:00:00+00')", "('13:00:00+01')"],
    ['date', "('infinity')", "('5874897-12-31')"],
    ['time', "('24:00:00')", "('00:00:00')"],
    ['json', `('{"a": 1, "b": 2}')`, `('{"b": 2, "a": 1}')`],
    ['json', `('{"a": 1}')`, `('{"a":1}')`],
    ['jsonb', `('{"a": 1}')`, `('{"a": 1.0}')`],
    ['jsonb', `('{"a": null}')`, `('{}')`],
    ['jsonpath', "('$.a')", "('$.b')"],
    ['int[]', "('{1,2}')", "('[0:1]={1,2}')"],
    ['int[]', "('{1,2,3,4}')", "('{{1,2},{3,4}}')"],
    ['int[]', "('{}')", '(NULL)'],
    ['int[]', "('{}')", "('{NULL}')"],
    ['text[]', `('{"NULL"}')`, "('{NULL}')"],
    ['int4range', "('empty')", '(NULL)'],
    ['int4range', "('[1,)')", "('[1,2147483647)')"],
    ['numrange', "('[1,2)')", "('[1,2]')"],
    ['numrange', "('[1,2)')", "('[1.0,2)')"],
    ['bytea', "('')", '(NULL)'],
    ['bytea', "('\\x00')", "('\\x0000')"],
    ['bit(8)', "(B'00000001')", "(B'00000000')"],
    ['bit varying', "(B'0')", "(B'00')"],
    ['tsvector', "('a:1')", "('a:2')"],
    ['tsquery', "('a & b')", "('a | b')"],
    ['point', "('(-0,0)')", "('(0,0)')"],
    ['point', "('(0,0)')", "('(0.0000001,0)')"],
    ['path', "('[(0,0),(1,1)]')", "('((0,0),(1,1))')"],
    ['polygon', "('((0,0),(1,1),(1,0))')", "('((1,1),(1,0),(0,0))')"],
    ['inet', "('10.0.0.1')", "('10.0.0.1/24')"],
    ['cidr', "('10.0.0.0/24')", "('10.0.0.0/25')"],
    ['macaddr', "('08:00:2b:01:02:03')", "('08:00:2b:01:02:04')"],
    ['uuid', "('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')", "('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12')"],
    ['oid', '(1)', '(2)'],
    ['pg_lsn', "('0/1')", "('1/0')"],
    ['aclitem', "('=r/postgres')", "('=w/postgres')"],
    ['aclitem[]', "('{=r/postgres}')", "('{=w/postgres}')"],
    ['regclass', "('shelf')", `('"Shelf"')`],
    ['regclass[]', "('{shelf}')", `(ARRAY['"Shelf"'::regclass])`],
    ['place', "('shelf')", `('"Shelf"')`],
    ['regtype', "('int')", "('bigint')"],
    ['mood', "('glad')", "('sad')"],
    ['mood', "('')", '(NULL)'],
    ['mood[]', `('{"NULL"}')`, "('{NULL}')"],
    ['mood[]', "('{glad,sad}')", "('[0:1]={glad,sad}')"],
    ['feeling', "('glad')", "('sad')"],
    ['feeling[]', "('{glad}')", "('{sad}')"],
    ['pair', '(ROW(1.0, NULL))', '(ROW(1.00, NULL))'],
    ['pair', '(ROW(1, NULL))', "(ROW(1, ''))"],
    ['pair', '(ROW(NULL, NULL))', '(NULL)'],
    ['lone', '(ROW(NULL))', '(NULL)'],
    ['pair[]', "(ARRAY[ROW(1, 'a')]::pair[])", "(ARRAY[ROW(1, 'b')]::pair[])"],
    ['couple', "(ROW(1, 'a'))", "(ROW(1, 'b'))"],
    ['floats', "('[0,1)')", "('[-0,1)')"],
    ['floats', "('[0.1,0.3)')", "('[0.1,0.30000000000000004)')"],
    ['short_text', "('abc')", "('abd')"],
    ['shorter_text', "('abc')", "('abd')"],
    ['short_texts', "('{abc}')", "('{abd}')"],
    ['short_text[]', "('{abc}')", "('{abd}')"],
    ['bits', "(B'10000000')", "(B'10000001')"],
    ['price', '(1.001)', '(1.002)'],
  ])('%s has %s and %s', async (type, first, second) => {
    expect(await areEqual(type, first, second)).toBe(false)
  })

  it.each([
    ['columns of two rows are swapped', "(1, 'a'), (2, 'b')", "(1, 'b'), (2, 'a')"],
    ['values of one row are shifted', "(1, '11')", "(11, '1')"],
  ])('%s', async (_what, first, second) => {
    const { one, two } = await digestsOf(
      session,
      `CREATE TABLE one (id integer, word text); INSERT INTO one VALUES ${first};
      CREATE TABLE two (id integer, word text); INSERT INTO two VALUES ${second}`,
    )
    expect(one).not.toBe(two)
  })

  it('xml has other blanks, if the server has xml', async ({ skip }) => {
    if (!hasXml) skip('the server is built without libxml')
    expect(await areEqual('xml', "('<a/>')", "('<a />')")).toBe(false)
  })
})

describe('two contents are one where', () => {
  it.each([
    ['text', "('a'), ('b'), ('a')", "('b'), ('a'), ('a')"],
    ['char(5)', "('a')", "('a  ')"],
    ['jsonb', `('{"a": 1, "b": 2}')`, `('{"b":2,"a":1}')`],
    ['timestamptz', "('2025-01-01 00:00:00+00')", "('2025-01-01 09:00:00+09')"],
    ['interval', "('12 mons')", "('1 year')"],
    ['numeric(5,2)', '(1.0)', '(1.00)'],
    ['int4range', "('[1,2]')", "('[1,3)')"],
    ['int[]', "('{1,2}')", "('[1:2]={1,2}')"],
    ['uuid', "('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11')", "('a0eebc999c0b4ef8bb6d6bb9bd380a11')"],
    ['tsvector', "('a b')", "('b a')"],
    ['shorter_text', "('abc')", "('abc  ')"],
  ])('%s has %s and %s', async (type, first, second) => {
    expect(await areEqual(type, first, second)).toBe(true)
  })
})
