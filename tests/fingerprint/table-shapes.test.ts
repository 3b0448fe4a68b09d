import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readLargeObjects } from '../../harness/fingerprint/large-objects.ts'
import { createReader, readerName } from '../../harness/production-access/reader.ts'
import type { Connection } from '../../harness/postgres/connection.ts'
import { openSession, type Session } from '../../harness/postgres/session.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { digestsOf, readDigests } from './read-digests.ts'

let server: TestServer
let other: TestServer
let connection: Connection
let session: Session

beforeAll(async () => {
  ;[server, other] = await Promise.all([startTestServer(), startTestServer()])
  connection = await server.makeDatabase()
  session = await openSession(connection)
})
afterAll(async () => {
  await session[Symbol.asyncDispose]()
  await Promise.all([server[Symbol.asyncDispose](), other[Symbol.asyncDispose]()])
})

/** A row a block, so that the table is read in three parts. */
const inParts = `
  CREATE TABLE one (a integer, b text); ALTER TABLE one ALTER b SET STORAGE PLAIN;
  INSERT INTO one SELECT n, repeat('x', 7000) FROM generate_series(0, 4100) AS n`

describe('the digest of a table that is read in parts', () => {
  it.each([0, 2047, 2048, 4095, 4096, 4100])('changes with its row of block %i', async (block) => {
    const before = await digestsOf(session, inParts)
    const changed = `UPDATE one SET a = -1 WHERE ctid = '(${block},1)'`
    expect(before['one']).toMatch(/^4101\//)
    expect(await digestsOf(session, `${inParts}; ${changed}`)).not.toEqual(before)
  })

  it('is the same wherever its rows lie', async () => {
    const turned = `${inParts}; CREATE TABLE two AS SELECT * FROM one ORDER BY a DESC`
    const compact = `${turned}; CREATE TABLE three AS SELECT a, substr(b, 1, 7000) AS b FROM one ORDER BY a % 7`
    const { one, two, three } = await digestsOf(session, compact)
    expect(two).toBe(one)
    expect(three).toBe(one)
  })
})

describe('the digest of a table', () => {
  it.each([
    ['has no columns, by the count of its rows', 'CREATE TABLE one ()', 'INSERT INTO one SELECT'],
    [
      'has a column of the alias’s name',
      'CREATE TABLE one ("rehearsed row" integer)',
      'INSERT INTO one VALUES (1)',
    ],
    [
      'has columns of the names within the query',
      'CREATE TABLE one (image integer, key integer, hashed integer)',
      'INSERT INTO one VALUES (1, 2, 3)',
    ],
    [
      'has a column of the table’s name',
      'CREATE TABLE one (one integer); INSERT INTO one VALUES (1)',
      'UPDATE one SET one = 2',
    ],
    [
      'has quotes, dots and line breaks in its names',
      `CREATE SCHEMA "a.b"; CREATE TABLE "a.b"."c""d" ("e
f'" text PRIMARY KEY)`,
      `INSERT INTO "a.b"."c""d" VALUES ('x')`,
      `"a.b"."c""d"`,
    ],
    [
      'has a generated column',
      'CREATE TABLE one (a integer, b integer GENERATED ALWAYS AS (a % 2) STORED); INSERT INTO one VALUES (1)',
      'UPDATE one SET a = 2',
    ],
    ['is unlogged', 'CREATE UNLOGGED TABLE one (a integer)', 'INSERT INTO one VALUES (1)'],
    [
      'is a partition',
      `CREATE TABLE root (a integer) PARTITION BY LIST (a); CREATE TABLE one PARTITION OF root FOR VALUES IN (1);
      CREATE TABLE two PARTITION OF root FOR VALUES IN (2)`,
      'INSERT INTO root VALUES (1)',
    ],
    [
      'is an inheritance child',
      'CREATE TABLE root (a integer); CREATE TABLE one (b integer) INHERITS (root)',
      'INSERT INTO one VALUES (1, 2)',
    ],
    [
      'is a materialized view',
      'CREATE TABLE root (a integer); CREATE MATERIALIZED VIEW one AS SELECT count(*) FROM root',
      'DROP MATERIALIZED VIEW one; CREATE MATERIALIZED VIEW one AS SELECT count(*) + 1 FROM root',
    ],
    [
      'has a value that is stored out of line',
      `CREATE TABLE one (a text); ALTER TABLE one ALTER a SET STORAGE EXTERNAL; INSERT INTO one VALUES (repeat('x', 1e6::int))`,
      `UPDATE one SET a = overlay(a PLACING 'y' FROM 500000)`,
    ],
  ])('changes alone where the table %s', async (_what, setup, change, name = 'one') => {
    const before = await digestsOf(session, setup)
    const after = await digestsOf(session, `${setup}; ${change}`)
    expect(after[name]).not.toBe(before[name])
    expect(after).toEqual({ ...before, [name]: after[name] })
  })

  it('does not depend on the order of its columns, or on columns that were dropped', async () => {
    const { one, two } = await digestsOf(
      session,
      `CREATE TABLE one (a integer, b text); INSERT INTO one VALUES (1, 'x');
      CREATE TABLE two (b text, gone integer, a integer); INSERT INTO two VALUES ('x', 3, 1); ALTER TABLE two DROP gone`,
    )
    expect(one).toBe(two)
  })

  it('does not depend on statistics, settings or where rows lie', async () => {
    const rows = `CREATE TABLE one (at timestamptz, much float8); INSERT INTO one VALUES ('2025-01-01Z', 0.1), ('infinity', -0.0)`
    const before = await digestsOf(session, rows)
    const after = await digestsOf(
      session,
      `SET LOCAL TimeZone = 'Asia/Tokyo'; SET LOCAL extra_float_digits = -15; ${rows};
      DELETE FROM one WHERE much = 0.1; INSERT INTO one VALUES ('2025-01-01Z', 0.1); ANALYZE one`,
    )
    expect(after).toEqual(before)
  })

  it('is absent while a materialized view is not populated', async () => {
    const view = 'CREATE MATERIALIZED VIEW one AS SELECT 1 AS a'
    expect(Object.keys(await digestsOf(session, view))).toEqual(['one'])
    expect(await digestsOf(session, `${view} WITH NO DATA`)).toEqual({})
  })

  it('counts every row to the reader, whatever row-level security hides from the owner', async () => {
    const own = await server.makeDatabase()
    await using superuser = await openSession(own)
    await createReader(superuser, 'read')
    await superuser.rows(`
      CREATE TABLE one (id integer); INSERT INTO one VALUES (1), (2);
      CREATE POLICY odd ON one USING (id = 1);
      ALTER TABLE one ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`)
    await using reader = await openSession({ ...own, user: readerName, password: 'read' })
    const seen = await digestsOf(reader, 'SELECT 1')
    expect(seen['one']).toMatch(/^2\//)
    expect(seen).toEqual(await digestsOf(superuser, 'SELECT 1'))
  })
})

/** Values of types whose binary form holds OIDs, each in a table of its own. */
const ownTypes = `
  CREATE TYPE mood AS ENUM ('glad', 'sad');
  CREATE DOMAIN feeling AS mood;
  CREATE TYPE pair AS (mood mood, number numeric);
  CREATE TYPE floatrange AS RANGE (subtype = float8);
  CREATE TABLE moods (a mood PRIMARY KEY, b mood[], c feeling, d feeling[]);
  INSERT INTO moods VALUES ('sad', '{glad,sad}', 'sad', '{glad}');
  CREATE TABLE pairs (a pair, b pair[], c floatrange, d floatmultirange);
  INSERT INTO pairs VALUES (ROW('sad', 1.0), ARRAY[ROW('glad', 2)::pair], '[0.1,2)', '{[0.1,2)}');
  CREATE TABLE names (a regclass, b regtype[], c regprocedure);
  INSERT INTO names VALUES ('pairs', ARRAY['mood'::regtype], 'pg_catalog.lower(text)');`

describe('the digest is the same', () => {
  it('in databases of two clusters whose types and tables have other OIDs', async () => {
    await using elsewhere = await openSession(await other.makeDatabase())
    await elsewhere.rows(`CREATE TYPE first AS ENUM ('a', 'b'); CREATE TABLE second (a first)`)
    await elsewhere.rows('DROP TABLE second; DROP TYPE first; SET quote_all_identifiers = on')
    const oid = `SELECT 'mood'::regtype::oid AS oid`
    const read = async (reader: Session) => {
      await reader.rows(`BEGIN; ${ownTypes}`)
      const [row] = await reader.rows(oid)
      const digests = await readDigests(reader)
      await reader.rows('ROLLBACK')
      return { digests, oid: row?.['oid'] }
    }
    const [here, there] = [await read(session), await read(elsewhere)]
    expect(there.oid).not.toBe(here.oid)
    expect(Object.keys(here.digests)).toEqual(['moods', 'names', 'pairs'])
    expect(there.digests).toEqual(here.digests)
  })
})

describe('a release cannot blind the digest', () => {
  const constant = (argument: string) =>
    `CREATE FUNCTION same(${argument}) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT 'same' $$`
  it.each([
    [
      'by a cast of its enum',
      `${constant('mood')}; CREATE CAST (mood AS text) WITH FUNCTION same(mood) AS IMPLICIT`,
    ],
    [
      'by a cast of its composite type',
      `${constant('pair')}; CREATE CAST (pair AS text) WITH FUNCTION same(pair) AS IMPLICIT`,
    ],
    [
      'by functions of the names that the digest uses',
      `CREATE FUNCTION hash_record_extended(record, bigint) RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
      CREATE FUNCTION record_send(record) RETURNS bytea LANGUAGE plpgsql AS $$ BEGIN RETURN ''; END $$;
      SET search_path = public, pg_catalog`,
    ],
    [
      'by an operator',
      `CREATE FUNCTION never(mood, mood) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
      CREATE OPERATOR public.= (LEFTARG = mood, RIGHTARG = mood, FUNCTION = never);
      SET search_path = public, pg_catalog`,
    ],
    [
      'by a function of a column’s name',
      'CREATE FUNCTION a(moods) RETURNS mood LANGUAGE sql AS $$ SELECT NULL::mood $$',
    ],
  ])('%s', async (_what, blinding) => {
    const before = await digestsOf(session, ownTypes)
    const blinded = `${ownTypes}; ${blinding}`
    expect(await digestsOf(session, blinded)).toEqual(before)
    const after = await digestsOf(
      session,
      `${blinded}; UPDATE moods SET a = 'glad'; UPDATE pairs SET a.number = 1.00`,
    )
    expect(after['moods']).not.toBe(before['moods'])
    expect(after['pairs']).not.toBe(before['pairs'])
  })
})

describe('large objects', () => {
  it('are told apart by their bytes, and by how many of them there are', async () => {
    await session.rows(`BEGIN; SELECT lo_from_bytea(7, '\\x00'), lo_from_bytea(8, ''), lo_create(9)`)
    const before = await readLargeObjects(session)
    await session.rows(`SELECT lo_put(7, 5000, '\\x00'), lo_unlink(9)`)
    const after = await readLargeObjects(session)
    await session.rows('ROLLBACK')
    expect([...before.keys()]).toEqual(['7', '8', '9'])
    expect(before.get('8')).toEqual(before.get('9'))
    expect([...after.keys()]).toEqual(['7', '8'])
    expect(after.get('7')).not.toEqual(before.get('7'))
    expect(after.get('8')).toEqual(before.get('8'))
  })
})
