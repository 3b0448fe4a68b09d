import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { query, startTestServer, type TestServer } from '../../../tests/support/server.ts'
import { openReaders } from '../../fingerprint/readers.ts'
import { takeReading } from '../../measure/reading.ts'
import { toEnvironment } from '../../postgres/environment.ts'
import { type Connection } from '../../postgres/connection.ts'
import { filterStatements } from '../../postgres/filter.ts'
import { onBehalfOf } from '../../postgres/sender.ts'
import { openSession } from '../../postgres/session.ts'
import { tryCanaryWrites } from '../canary.ts'
import { createReader, readerName } from '../reader.ts'
import { StatementFilter } from './statement-filter.ts'

let server: TestServer
let superuser: Connection
let reader: Connection
let guard: StatementFilter

beforeAll(async () => {
  server = await startTestServer()
  superuser = await server.makeDatabase()
  reader = { ...superuser, user: readerName, password: 'only-for-this-test' }
  await using session = await openSession(superuser)
  await createReader(session, reader.password)
  await session.rows(`
    CREATE TABLE loans (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY); INSERT INTO loans DEFAULT VALUES;
    CREATE FUNCTION lend() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM loans'`)
})
afterAll(() => server[Symbol.asyncDispose]())

beforeEach(async () => {
  guard = await StatementFilter.make({ role: readerName, database: reader.database, place: 'production' })
})

const measure = { by: 'measure loans', kind: 'project' } as const

/** What was sent, as `kind: statement (count, by)`. */
function sent(): string[] {
  return guard
    .read()
    .statements.map(
      ({ statement, kind, count, by }) => `${kind}: ${statement} (${count}, ${by.join(' and ')})`,
    )
}

describe('a guarded server', () => {
  it('is sent what is allowed, and each distinct statement is recorded once, with who sent it', async () => {
    await using _guarded = filterStatements(superuser, guard)
    await using session = await openSession(reader)
    await session.rows('BEGIN READ ONLY; SET LOCAL search_path = public')
    for (const id of [1, 2]) {
      await session.rows(`SELECT count(*)\n  FROM loans WHERE id = $1 AND 'a  b' <> ''`, [id])
    }
    await onBehalfOf(measure, () => session.rows('SELECT count(*)   FROM loans'))
    await session.rows('SELECT count(*) FROM loans')
    await session.rows('ROLLBACK')
    expect(sent()).toEqual([
      'transaction: BEGIN READ ONLY; SET LOCAL search_path = public (1, harness)',
      "reading: SELECT count(*) FROM loans WHERE id = $1 AND 'a  b' <> '' (2, harness)",
      'reading: SELECT count(*) FROM loans (2, harness and measure loans)',
      'transaction: ROLLBACK (1, harness)',
    ])
  })

  it('is not sent anything else: the statement, who sent it and why are told, and the session goes on', async () => {
    await using _guarded = filterStatements(superuser, guard)
    await using session = await openSession(reader)
    const statement = "SELECT nextval('loans_id_seq')"
    await expect(onBehalfOf(measure, () => session.rows(statement))).rejects.toMatchObject({
      code: 'STATEMENT_REFUSED',
      message: `a statement of measure loans was not sent to production "${reader.database}": it calls nextval, which moves a sequence`,
      hint: expect.stringContaining(statement) as string,
    })
    expect(await session.rows('SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(guard.read()).toMatchObject({
      statements: [{ statement: 'SELECT 1 AS one' }],
      refused: [{ statement, by: 'measure loans', why: 'it calls nextval, which moves a sequence' }],
    })
  })

  it.each([
    ['a setting', 'SET search_path = public', 'it is not one SELECT'],
    ['two statements', 'SELECT 1; SELECT 2', 'it is not one SELECT'],
    ['a snapshot exported', 'SELECT pg_export_snapshot()', 'it exports a snapshot'],
    ['a function with rights of its own', 'SELECT public.lend()', 'runs with the rights of another role'],
  ])(
    'is sent by the project SELECTs that read, and nothing that is ours to send: %s',
    async (_what, text, why) => {
      await using _guarded = filterStatements(superuser, guard)
      await using session = await openSession(reader)
      guard.refuseFunctions(['lend'])
      await expect(onBehalfOf(measure, () => session.rows(text))).rejects.toThrow(why)
      await session.rows(text)
    },
  )

  it('is entered by nobody but the reader, and by no program but pg_dump', async () => {
    await using _guarded = filterStatements(superuser, guard)
    await expect(openSession(superuser)).rejects.toThrow(
      `a session of "postgres" in database "${reader.database}" was not opened on production's server`,
    )
    await expect(openSession({ ...reader, database: 'postgres' })).rejects.toThrow('was not opened')
    expect(() => toEnvironment(superuser, ['/bin/pg_dump', '--schema-only'])).toThrow('was not opened')
    expect(() => toEnvironment(reader, ['/bin/psql', '-f', '-'])).toThrow(
      'pg_dump is the only program that may connect',
    )
    toEnvironment(reader, ['/bin/pg_dump', '-f', '/somewhere/golden.dump'])
    expect(guard.read().programs).toEqual([
      { program: 'pg_dump', arguments: ['-f', 'golden.dump'], count: 1, by: ['harness'] },
    ])
  })

  it('lets a canary write through only where one is tried', async () => {
    await using _guarded = filterStatements(superuser, guard)
    await using session = await openSession(reader)
    const canaries = await tryCanaryWrites(session)
    const texts = guard.read().statements
    expect(canaries.map(({ statement }) => statement)).toEqual(
      texts
        .filter(({ kind, statement }) => kind === 'canary' && !/^(BEGIN|ROLLBACK)/.test(statement))
        .map(({ statement }) => statement),
    )
    await expect(session.rows('DELETE FROM public.loans WHERE false')).rejects.toThrow(
      'no SELECT, but DELETE',
    )
    await expect(session.rows('BEGIN TRANSACTION READ WRITE')).rejects.toThrow('not READ ONLY')
    const canary = (text: string) => onBehalfOf({ by: 'canary', kind: 'canary' }, () => session.rows(text))
    await canary('BEGIN TRANSACTION READ WRITE')
    for (const text of ['DELETE FROM public.loans', 'COMMIT', 'SELECT 1']) {
      await expect(canary(text)).rejects.toThrow('it was sent during a canary write')
    }
    await session.rows('ROLLBACK')
  })

  it('is sent all that a snapshot of the harness takes', async () => {
    await using _guarded = filterStatements(superuser, guard)
    await using readers = await openReaders(reader)
    const measures = { loans: { title: 'loans', sql: 'SELECT count(*) FROM loans', views: ['SELECT 1'] } }
    expect((await takeReading(readers, { measures, place: 'production' })).figures).toEqual({ loans: 1 })
    const { statements, refused } = guard.read()
    expect(refused).toEqual([])
    expect(
      statements.filter(({ by }) => by.includes('measure loans')).map(({ statement }) => statement),
    ).toEqual(['SELECT count(*) FROM loans', 'SELECT 1'])
    expect(
      statements.filter(({ statement }) => statement.startsWith('SET TRANSACTION SNAPSHOT')),
    ).toHaveLength(1)
  })
})

it('a server without a guard is sent everything', async () => {
  expect(await query(superuser, "SELECT nextval('loans_id_seq') > 0 AS drawn")).toEqual([{ drawn: true }])
})
