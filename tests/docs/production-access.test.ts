import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readCatalog } from '../../harness/fingerprint/catalog/catalog.ts'
import { tryCanaryWrites } from '../../harness/production-access/canary.ts'
import {
  createReader,
  grantConnect,
  grantLargeObjects,
  readerName,
} from '../../harness/production-access/reader.ts'
import { readRights } from '../../harness/production-access/rights/read-rights.ts'
import { toEnvironment } from '../../harness/postgres/environment.ts'
import { type Connection } from '../../harness/postgres/connection.ts'
import { runProgram } from '../../harness/process/run-program.ts'
import { openSession } from '../../harness/postgres/session.ts'
import { repository } from '../support/project.ts'
import { query, startTestServer, type TestServer } from '../support/server.ts'
import { fenceOf, readPages } from './markdown.ts'

const page = (await readPages(repository)).find(({ path }) => path === 'docs/production-access.md')!
const sql = fenceOf(page, 'access')

let server: TestServer
let superuser: Connection
let reader: Connection

beforeAll(async () => {
  server = await startTestServer()
  superuser = await server.makeDatabase()
  reader = { ...superuser, user: readerName, password: 'choose a long one' }
  await query(
    superuser,
    `REVOKE CREATE ON SCHEMA public FROM PUBLIC; REVOKE CONNECT ON DATABASE test_1 FROM PUBLIC;
     CREATE ROLE librarian; CREATE SCHEMA lending AUTHORIZATION librarian; CREATE SCHEMA "Back Room";
     CREATE TABLE lending.loans (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, member text);
     INSERT INTO lending.loans (member) VALUES ('ann'), ('bob');
     ALTER TABLE lending.loans OWNER TO librarian; ALTER TABLE lending.loans ENABLE ROW LEVEL SECURITY;
     ALTER TABLE lending.loans FORCE ROW LEVEL SECURITY;
     CREATE POLICY own ON lending.loans USING (member = current_user);
     CREATE SEQUENCE "Back Room".tickets; CREATE MATERIALIZED VIEW "Back Room".shelf AS SELECT 1 AS one;
     CREATE FUNCTION lending.lend() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM lending.loans';
     ALTER FUNCTION lending.lend() OWNER TO librarian;
     SELECT lo_from_bytea(4711, 'map'), lo_from_bytea(4712, 'atlas'); ALTER LARGE OBJECT 4712 OWNER TO librarian`,
  )
})
afterAll(() => server[Symbol.asyncDispose]())

it('the SQL of the document makes a role that may read all, and write nothing', async () => {
  await query(superuser, sql)
  await using session = await openSession(reader)
  const { writes, missing, unneeded, definerFunctions } = await readRights(session)
  expect({ writes, missing, definerFunctions }).toEqual({
    writes: [],
    missing: [],
    definerFunctions: ['lend'],
  })
  expect(unneeded.map(({ means }) => means)).toContain('SECURITY DEFINER, runs with the rights of librarian')
  const canaries = await tryCanaryWrites(session)
  expect(canaries.filter(({ sqlstate }) => sqlstate !== '42501')).toEqual([])
  expect(await session.rows('SELECT member FROM lending.loans ORDER BY id')).toEqual([
    { member: 'ann' },
    { member: 'bob' },
  ])
  const pgDump = join(dirname(server.psql), 'pg_dump')
  const dump = await runProgram(pgDump, [], { env: toEnvironment(reader, [pgDump]) })
  expect(dump).toContain('1\tann\n2\tbob\n')
})

it('and is what the harness does for the production that it makes', async () => {
  await using session = await openSession(superuser)
  const documented = await readCatalog(session)
  await session.rows(`DROP OWNED BY ${readerName}; DROP ROLE ${readerName}`)
  expect(await readCatalog(session)).not.toEqual(documented)
  await createReader(session, 'another')
  await grantConnect(session)
  await grantLargeObjects(session)
  expect(await readCatalog(session)).toEqual(documented)
})
