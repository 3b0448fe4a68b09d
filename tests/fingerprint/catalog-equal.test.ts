import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCatalog, readClusterCatalog } from '../../harness/fingerprint/catalog/catalog.ts'
import { compareCatalogs } from '../../harness/fingerprint/catalog/compare-catalogs.ts'
import { readSystemObjects } from '../../harness/fingerprint/catalog/system-objects.ts'
import type { Connection } from '../../harness/postgres/connection.ts'
import { openSession, type Session } from '../../harness/postgres/session.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { librarySql } from './library.ts'
import { showChanges, showDifference } from './show-changes.ts'

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

describe('the catalog stays equal', () => {
  it.each([
    ['nothing happened', 'SELECT 1'],
    ['rows and statistics changed', 'INSERT INTO public.books VALUES (1, $$x$$); ANALYZE public.books'],
    [
      'a view was dropped and made again',
      `DROP VIEW public.long_loans;
      CREATE VIEW public.long_loans WITH (security_invoker = true) AS SELECT id, days FROM public.loans WHERE days > 21;
      GRANT SELECT ON public.long_loans TO reader`,
    ],
    [
      'an index was dropped and made again',
      'DROP INDEX public.loans_days_idx; CREATE INDEX loans_days_idx ON public.loans (days)',
    ],
    [
      'a function was dropped and made again',
      `DROP PROCEDURE public.tidy(); CREATE PROCEDURE public.tidy() LANGUAGE sql AS 'DELETE FROM public.loans WHERE false'`,
    ],
    [
      'a foreign key was dropped and made again',
      `ALTER TABLE public.loans DROP CONSTRAINT loans_book_fkey;
      ALTER TABLE public.loans ADD CONSTRAINT loans_book_fkey FOREIGN KEY (book) REFERENCES public.books`,
    ],
    [
      'the last column was dropped and added again',
      'ALTER TABLE public.books DROP kind; ALTER TABLE public.books ADD kind text',
    ],
    ['the default grants were written out', 'GRANT ALL ON public.books TO postgres'],
    [
      'a table was rewritten',
      'CLUSTER public.loans USING loans_pkey; ALTER TABLE public.loans SET WITHOUT CLUSTER',
    ],
    ['a temporary table was made', 'CREATE TEMPORARY TABLE loans (id serial PRIMARY KEY)'],
    [
      'settings of the session changed',
      `SET LOCAL search_path = public; SET LOCAL DateStyle = 'German'; SET LOCAL quote_all_identifiers = on`,
    ],
  ])('where %s', async (_what, change) => {
    expect(await showChanges(session, '', change)).toEqual([])
  })

  it('in another database of another cluster with the same objects', async () => {
    const far = await other.makeDatabase()
    await using elsewhere = await openSession(far)
    // OIDs, and the order in which objects were made, differ.
    await elsewhere.rows('CREATE TABLE public.first (id serial PRIMARY KEY); DROP TABLE public.first')
    const [here, there] = [await readLibrary(session), await readLibrary(elsewhere)]
    expect(here.catalog.size).toBeGreaterThan(170)
    expect(showDifference(compareCatalogs(here.catalog, there.catalog))).toEqual([])
    expect(showDifference(compareCatalogs(here.system, there.system))).toEqual([])
  })
})

describe('reading the catalog', () => {
  it('leaves the settings of the transaction as they were', async () => {
    await session.rows(`BEGIN; SET LOCAL search_path = pg_temp, public; SET LOCAL TimeZone = 'Asia/Tokyo'`)
    await readCatalog(session)
    const after = await session.rows(
      `SELECT current_setting('search_path') AS path, current_setting('TimeZone') AS zone`,
    )
    await session.rows('ROLLBACK')
    expect(after).toEqual([{ path: 'pg_temp, public', zone: 'Asia/Tokyo' }])
  })

  it('names what the session has no right to read', async () => {
    await session.rows(`BEGIN; ${librarySql}; SET LOCAL ROLE reader`)
    const catalog = await readCatalog(session)
    const cluster = await readClusterCatalog(session)
    await session.rows('ROLLBACK')
    expect(catalog.get('user mapping reader on branch')?.attributes).toMatchObject({
      unreadable: 'digest of the options',
    })
    expect(cluster.get('role reader')?.attributes).toMatchObject({
      login: 'false',
      unreadable: 'has a password',
    })
    expect([...cluster.keys()]).toContain('unreadable pg_catalog.pg_file_settings')
  })

  it('shows an index that a failed CREATE INDEX CONCURRENTLY left invalid', async () => {
    await using own = await openSession(await server.makeDatabase())
    await own.rows('CREATE TABLE public.twice (id integer)')
    await own.rows('INSERT INTO public.twice VALUES (1), (1)')
    const create = own.rows('CREATE UNIQUE INDEX CONCURRENTLY twice_idx ON public.twice (id)')
    await expect(create).rejects.toThrow(/23505/)
    await own.rows('BEGIN')
    const catalog = await readCatalog(own)
    await own.rows('ROLLBACK')
    expect(catalog.get('index public.twice_idx')?.attributes).toMatchObject({ valid: 'false' })
  })

  it('shows what ALTER SYSTEM set', async () => {
    const before = await readCluster(session)
    await session.rows('ALTER SYSTEM SET work_mem = 2048')
    const after = await readCluster(session)
    expect(showDifference(compareCatalogs(before, after))).toEqual(['+ system setting work_mem'])
  })

  it('shows a replication slot', async () => {
    const before = await readCluster(session)
    await session.rows(`SELECT pg_create_physical_replication_slot('standby')`)
    const shown = showDifference(compareCatalogs(before, await readCluster(session)))
    await session.rows(`SELECT pg_drop_replication_slot('standby')`)
    expect(shown).toEqual(['+ replication slot standby'])
  })

  it.each([
    ['ALTER FUNCTION pg_catalog.lower(text) COST 7', ['~ system catalog pg_catalog.pg_proc: digest']],
    [
      `COMMENT ON FUNCTION pg_catalog.lower(text) IS 'lower'`,
      ['~ system catalog pg_catalog.pg_description: digest'],
    ],
    [
      'GRANT SELECT ON pg_catalog.pg_authid TO PUBLIC',
      ['+ system grants table pg_catalog.pg_authid', '~ system catalog pg_catalog.pg_class: digest'],
    ],
    [
      'ALTER VIEW information_schema.tables SET (security_barrier = true)',
      ['~ system catalog pg_catalog.pg_class: digest'],
    ],
  ])('shows by a digest that the system’s own objects changed: %s', async (change, expected) => {
    await session.rows('BEGIN')
    const before = await readSystemObjects(session)
    await session.rows(change)
    const shown = showDifference(compareCatalogs(before, await readSystemObjects(session)))
    await session.rows('ROLLBACK')
    expect(shown).toEqual(expected)
  })
})

async function readLibrary(reader: Session) {
  await reader.rows(`BEGIN; ${librarySql}`)
  const read = { catalog: await readCatalog(reader), system: await readSystemObjects(reader) }
  await reader.rows('ROLLBACK')
  return read
}

async function readCluster(reader: Session) {
  await reader.rows('BEGIN')
  const catalog = await readClusterCatalog(reader)
  await reader.rows('ROLLBACK')
  return catalog
}
