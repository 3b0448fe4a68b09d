import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../tests/support/server.ts'
import type { Measures } from '../config/measures.ts'
import { openReaders } from '../fingerprint/readers.ts'
import type { Connection } from '../postgres/connection.ts'
import { openSession } from '../postgres/session.ts'
import { takeReading } from './reading.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** A session in an empty database, with one table of three rows, and what is read of it. */
async function openLibrary() {
  const connection = await server.makeDatabase()
  const session = await openSession(connection)
  await session.rows(`
    CREATE TABLE loans (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL, days numeric);
    INSERT INTO loans (kind, days) VALUES ('book', 21), ('book', 28), ('map', 7)`)
  return {
    ...session,
    async take(measures: Measures, connectAs: Partial<Connection> = {}) {
      await using readers = await openReaders({ ...connection, ...connectAs })
      return await takeReading(readers, { measures, place: 'elsewhere' })
    },
  }
}

describe('measures', () => {
  it('are safe integers or texts, also where PostgreSQL counts in int8 or numeric', async () => {
    await using session = await openLibrary()
    const { figures } = await session.take({
      loans: { title: 'loans', sql: 'SELECT count(*) FROM loans' },
      days: { title: 'days', sql: 'SELECT sum(days) FROM loans' },
      first: { title: 'kind', sql: 'SELECT min(kind) FROM loans' },
    })
    expect(figures).toEqual({ loans: 3, days: 56, first: 'book' })
  })

  it.each([
    ['SQL NULL', 'SELECT sum(days) FROM loans WHERE false', /returned null/],
    ['an integer beyond 2^53', 'SELECT 9007199254740993', /returned 9007199254740993/],
    ['two rows', 'SELECT id FROM loans WHERE id < 3', /returned 2 rows of 1 columns/],
    ['two columns', 'SELECT 1 AS one, 2 AS two', /returned 1 rows of 2 columns/],
  ])('refuse %s', async (_what, sql, message) => {
    await using session = await openLibrary()
    await expect(session.take({ odd: { title: 'odd', sql } })).rejects.toThrow(message)
  })

  it('are absent only while a table that they need does not exist', async () => {
    await using session = await openLibrary()
    const terms: Measures = { terms: { title: 'terms', needs: ['terms'], sql: 'SELECT count(*) FROM terms' } }
    expect((await session.take(terms)).figures).toEqual({ terms: null })
    await session.rows('CREATE TABLE terms ()')
    expect((await session.take(terms)).figures).toEqual({ terms: 0 })
    const misspelt: Measures = {
      terms: { title: 'terms', needs: ['terms'], sql: 'SELECT count(*) FROM trems' },
    }
    await expect(session.take(misspelt)).rejects.toThrow(/relation "trems" does not exist \(SQLSTATE 42P01\)/)
  })

  it('by kind are 0 where no row is, and refuse a kind that they do not name', async () => {
    await using session = await openLibrary()
    const each = 'SELECT kind, count(*) FROM loans GROUP BY kind'
    const { figures } = await session.take({
      by: { title: 'by kind', each, kinds: ['book', 'map', 'disc'] },
    })
    expect(figures).toEqual({ 'by.book': 2, 'by.map': 1, 'by.disc': 0 })
    await expect(session.take({ by: { title: 'by kind', each, kinds: ['book'] } })).rejects.toThrow(
      /counted the kind "map"/,
    )
  })

  it('that need a right refuse to answer without it, rather than read too little', async () => {
    await using session = await openLibrary()
    await session.rows("CREATE ROLE borrower LOGIN PASSWORD 'lent'; GRANT SELECT ON loans TO borrower")
    const idle: Measures = { idle: { title: 'idle', requiresRole: 'pg_read_all_stats', sql: 'SELECT 0' } }
    await expect(session.take(idle, { user: 'borrower', password: 'lent' })).rejects.toThrow(
      /needs the rights of pg_read_all_stats, which borrower lacks/,
    )
    await session.rows('DROP OWNED BY borrower; DROP ROLE borrower')
  })
})

describe('views', () => {
  const loans: Measures = {
    loans: { title: 'loans', sql: 'SELECT count(*) FROM loans', views: ['SELECT count(*) FROM v_loans'] },
  }

  it('say nothing while they do not exist, and agree where they show the same', async () => {
    await using session = await openLibrary()
    expect((await session.take(loans)).contradictions).toEqual([])
    await session.rows('CREATE VIEW v_loans AS SELECT id FROM loans')
    expect((await session.take(loans)).contradictions).toEqual([])
  })

  it('that do not exist are named, and one that fails is told by its own error', async () => {
    await using session = await openLibrary()
    expect((await session.take(loans)).missingViews).toEqual(['SELECT count(*) FROM v_loans'])
    await session.rows('CREATE VIEW v_loans AS SELECT 1 / (days - days) AS none FROM loans')
    const failing: Measures = { loans: { ...loans['loans']!, views: ['SELECT sum(none) FROM v_loans'] } }
    await expect(session.take(failing)).rejects.toThrow('division by zero')
  })

  it('are told where they look like a zero', async () => {
    await using session = await openLibrary()
    await session.rows('CREATE VIEW v_loans AS SELECT id FROM loans WHERE false')
    expect((await session.take(loans)).contradictions).toEqual([
      'measure "loans" is 3, but a view shows 0: SELECT count(*) FROM v_loans',
    ])
  })
})
