import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../tests/support/server.ts'
import type { Measures } from '../config/measures.ts'
import { openSession, type Session } from '../postgres/session.ts'
import { changedContent, compareSnapshots, takeSnapshot } from './snapshot.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** A session in an empty database, with one table of three rows. */
async function openLibrary(): Promise<Session> {
  const session = await openSession(await server.makeDatabase())
  await session.rows(`
    CREATE TABLE loans (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL, days numeric);
    INSERT INTO loans (kind, days) VALUES ('book', 21), ('book', 28), ('map', 7)`)
  return session
}

const take = (session: Session, measures: Measures) => takeSnapshot(session, measures, 'elsewhere')

describe('measures', () => {
  it('are safe integers or texts, also where PostgreSQL counts in int8 or numeric', async () => {
    await using session = await openLibrary()
    const { figures } = await take(session, {
      loans: { title: 'loans', sql: 'SELECT count(*) FROM loans' },
      days: { title: 'days', sql: 'SELECT sum(days) FROM loans' },
      first: { title: 'kind', sql: 'SELECT min(kind) FROM loans' },
    })
    expect(figures).toEqual({ loans: 3, days: 56, first: 'book' })
  })

  it.each([
    ['SQL NULL', 'SELECT sum(days) FROM loans WHERE false', /gave null/],
    ['an integer beyond 2^53', 'SELECT 9007199254740993', /gave 9007199254740993/],
    ['two rows', 'SELECT id FROM loans WHERE id < 3', /gave 2 rows of 1 columns/],
    ['two columns', 'SELECT 1 AS one, 2 AS two', /gave 1 rows of 2 columns/],
  ])('refuse %s', async (_what, sql, message) => {
    await using session = await openLibrary()
    await expect(take(session, { odd: { title: 'odd', sql } })).rejects.toThrow(message)
  })

  it('are absent only while a table that they need does not exist', async () => {
    await using session = await openLibrary()
    const terms: Measures = { terms: { title: 'terms', needs: ['terms'], sql: 'SELECT count(*) FROM terms' } }
    expect((await take(session, terms)).figures).toEqual({ terms: null })
    await session.rows('CREATE TABLE terms ()')
    expect((await take(session, terms)).figures).toEqual({ terms: 0 })
    const misspelt: Measures = {
      terms: { title: 'terms', needs: ['terms'], sql: 'SELECT count(*) FROM trems' },
    }
    await expect(take(session, misspelt)).rejects.toThrow(
      /relation "trems" does not exist \(SQLSTATE 42P01\)/,
    )
  })

  it('by kind are 0 where no row is, and refuse a kind that they do not name', async () => {
    await using session = await openLibrary()
    const each = 'SELECT kind, count(*) FROM loans GROUP BY kind'
    const { figures } = await take(session, {
      by: { title: 'by kind', each, kinds: ['book', 'map', 'disc'] },
    })
    expect(figures).toEqual({ 'by.book': 2, 'by.map': 1, 'by.disc': 0 })
    await expect(take(session, { by: { title: 'by kind', each, kinds: ['book'] } })).rejects.toThrow(
      /counted the kind "map"/,
    )
  })

  it('that need a right refuse to answer without it, rather than read too little', async () => {
    await using session = await openLibrary()
    await session.rows('CREATE ROLE borrower; GRANT SELECT ON loans TO borrower; SET ROLE borrower')
    const idle: Measures = { idle: { title: 'idle', requiresRole: 'pg_read_all_stats', sql: 'SELECT 0' } }
    await expect(take(session, idle)).rejects.toThrow(
      /needs the rights of pg_read_all_stats, which borrower lacks/,
    )
    await session.rows('RESET ROLE; DROP OWNED BY borrower; DROP ROLE borrower')
  })
})

describe('views', () => {
  const loans: Measures = {
    loans: { title: 'loans', sql: 'SELECT count(*) FROM loans', views: ['SELECT count(*) FROM v_loans'] },
  }

  it('say nothing while they do not exist, and agree where they show the same', async () => {
    await using session = await openLibrary()
    expect((await take(session, loans)).contradictions).toEqual([])
    await session.rows('CREATE VIEW v_loans AS SELECT id FROM loans')
    expect((await take(session, loans)).contradictions).toEqual([])
  })

  it('that do not exist are named, and one that fails is told by its own error', async () => {
    await using session = await openLibrary()
    expect((await take(session, loans)).missingViews).toEqual(['SELECT count(*) FROM v_loans'])
    await session.rows('CREATE VIEW v_loans AS SELECT 1 / (days - days) AS none FROM loans')
    const failing: Measures = { loans: { ...loans['loans']!, views: ['SELECT sum(none) FROM v_loans'] } }
    await expect(take(session, failing)).rejects.toThrow('division by zero')
  })

  it('are told where they look like a zero', async () => {
    await using session = await openLibrary()
    await session.rows('CREATE VIEW v_loans AS SELECT id FROM loans WHERE false')
    expect((await take(session, loans)).contradictions).toEqual([
      'measure "loans" is 3, but a view shows 0: SELECT count(*) FROM v_loans',
    ])
  })
})

describe('two snapshots', () => {
  it('differ in rows, objects and sequences', async () => {
    await using session = await openLibrary()
    const before = await take(session, {})
    await session.rows(`INSERT INTO loans (kind) VALUES ('disc'); CREATE VIEW v AS SELECT 1 AS one`)
    const { rows, objects, sequences } = compareSnapshots(before, await take(session, {}))
    expect(rows).toEqual({ loans: { before: 3, after: 4 } })
    expect(objects).toEqual({ created: [{ class: 'view', identity: 'public.v' }], dropped: [] })
    expect(sequences).toEqual({ loans_id_seq: { before: '3', after: '4' } })
  })

  it('differ in content where a row was changed and none was added, or values were swapped', async () => {
    await using session = await openLibrary()
    const before = await take(session, {})
    await session.rows(`UPDATE loans SET days = 49 - days WHERE kind = 'book'`)
    const after = await take(session, {})
    expect(compareSnapshots(before, after)).toMatchObject({ rows: {}, rewritten: ['loans'] })
  })

  it('are equal after rows were only rewritten in another order', async () => {
    await using session = await openLibrary()
    const before = await take(session, {})
    await session.rows('UPDATE loans SET days = days')
    expect(changedContent(before, await take(session, {}))).toEqual([])
  })
})
