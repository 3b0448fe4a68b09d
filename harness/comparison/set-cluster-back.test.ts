import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { query, startTestServer, type TestServer } from '../../tests/support/server.ts'
import type { Catalog } from '../fingerprint/catalog/catalog-object.ts'
import { readClusterCatalog } from '../fingerprint/catalog/catalog.ts'
import { compareCatalogs } from '../fingerprint/catalog/compare-catalogs.ts'
import type { Connection } from '../postgres/connection.ts'
import { openSession } from '../postgres/session.ts'
import { listObjects, type Difference } from './difference.ts'
import { printClusterFaults } from './print-difference.ts'
import { setClusterBack } from './set-cluster-back.ts'

let server: TestServer
let superuser: Connection
let entry: Catalog

beforeAll(async () => {
  server = await startTestServer()
  superuser = await server.makeDatabase()
  await query(
    superuser,
    `CREATE ROLE readers NOINHERIT; CREATE ROLE guests CONNECTION LIMIT 3; CREATE ROLE "Head; 'Librarian'" LOGIN;
     COMMENT ON ROLE readers IS 'They''re many.'; GRANT readers TO guests WITH ADMIN OPTION;
     GRANT readers TO "Head; 'Librarian'" GRANTED BY guests;
     ALTER ROLE guests SET search_path = "reading, room", '$user'; ALTER ROLE ALL SET statement_timeout = '7min';
     ALTER ROLE "Head; 'Librarian'" IN DATABASE postgres SET app.desk = 'north; west';
     GRANT SET ON PARAMETER log_statement TO guests WITH GRANT OPTION;
     SET SESSION AUTHORIZATION guests; GRANT SET ON PARAMETER log_statement TO readers`,
  )
  await query(superuser, `ALTER SYSTEM SET work_mem = '9MB'`)
  await query(superuser, `ALTER SYSTEM SET search_path = 'reading room', public`)
  entry = await readCluster()
})
afterAll(() => server[Symbol.asyncDispose]())

async function readCluster(): Promise<Catalog> {
  await using session = await openSession(superuser)
  await session.rows('BEGIN')
  return await readClusterCatalog(session)
}

async function differences(): Promise<Difference[]> {
  return listObjects(compareCatalogs(entry, await readCluster()))
}

describe('a cluster is set back', () => {
  it.for([
    'CREATE ROLE strangers; GRANT readers TO strangers; GRANT SET ON PARAMETER log_statement TO strangers; ALTER ROLE strangers SET work_mem = 64',
    'DROP OWNED BY guests; DROP ROLE guests',
    `ALTER ROLE guests SUPERUSER CREATEDB LOGIN CONNECTION LIMIT 9 PASSWORD 'secret'`,
    `COMMENT ON ROLE readers IS NULL; COMMENT ON ROLE guests IS 'some'`,
    'REVOKE readers FROM guests CASCADE; GRANT pg_monitor TO guests',
    'REVOKE ADMIN OPTION FOR readers FROM guests CASCADE',
    'ALTER ROLE guests SET search_path = other; ALTER ROLE guests SET work_mem = 64; ALTER ROLE ALL RESET ALL',
    `ALTER ROLE "Head; 'Librarian'" IN DATABASE postgres RESET ALL; ALTER DATABASE postgres SET work_mem = 64`,
    'GRANT ALTER SYSTEM ON PARAMETER work_mem TO guests; REVOKE SET ON PARAMETER log_statement FROM guests CASCADE',
    'ALTER SYSTEM RESET ALL',
    `ALTER SYSTEM SET work_mem = '5MB'`,
    `ALTER SYSTEM SET log_line_prefix = '%m '', '''`,
  ])('after %s', async (statements) => {
    await query(superuser, statements)
    expect(await differences()).not.toEqual([])
    expect(await setClusterBack(superuser, entry, () => new Set())).toEqual([])
    expect(await differences()).toEqual([])
  })

  it('so that what ALTER SYSTEM set holds no more', async () => {
    await query(superuser, `ALTER SYSTEM SET DateStyle = 'German, DMY'`)
    await query(superuser, 'SELECT pg_reload_conf()')
    await setClusterBack(superuser, entry, () => new Set())
    await expect.poll(() => query(superuser, 'SHOW DateStyle')).toEqual([{ DateStyle: 'ISO, MDY' }])
  })
})

describe('what can not be set back', () => {
  it('is told, with what stood in its way', async () => {
    await query(
      superuser,
      "CREATE ROLE stayers; CREATE TABLE theirs (); ALTER TABLE theirs OWNER TO stayers; ALTER ROLE guests VALID UNTIL '2031-05-01'",
    )
    const problems = printClusterFaults(await setClusterBack(superuser, entry, () => new Set()))
    await query(superuser, 'DROP TABLE theirs; DROP ROLE stayers')
    const told = 'the cluster could not be reset: '
    expect(problems).toEqual([
      `${told}role stayers is in it now only`,
      `${told}role guests: valid until is not set in the cluster at entry, "2031-05-01 00:00:00+00" in it now`,
      expect.stringContaining(
        `${told}DROP ROLE stayers: role "stayers" cannot be dropped because some objects depend on it`,
      ),
    ])
  })
})
