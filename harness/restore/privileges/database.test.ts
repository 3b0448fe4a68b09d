import { afterAll, beforeAll, expect, it } from 'vitest'
import { query, startTestServer, type TestServer } from '../../../tests/support/server.ts'
import type { Connection } from '../../postgres/connection.ts'
import { openSession } from '../../postgres/session.ts'
import { readDatabase } from './database.ts'
import { runAll } from './privileges.ts'

let server: TestServer
let source: Connection

beforeAll(async () => {
  server = await startTestServer()
  source = await server.makeDatabase()
  const name = source.database
  await query(
    source,
    `CREATE ROLE readers; CREATE ROLE "Reading Room";
     REVOKE ALL ON DATABASE ${name} FROM PUBLIC; GRANT CONNECT ON DATABASE ${name} TO readers WITH GRANT OPTION;
     SET SESSION AUTHORIZATION readers; GRANT CONNECT ON DATABASE ${name} TO "Reading Room"; RESET SESSION AUTHORIZATION;
     ALTER DATABASE ${name} SET search_path = ''; ALTER DATABASE ${name} SET work_mem = '9MB';
     ALTER ROLE "Reading Room" IN DATABASE ${name} SET app.desk = 'north; west'; ALTER DATABASE ${name} CONNECTION LIMIT 7;
     COMMENT ON DATABASE ${name} IS 'the library''s'`,
  )
})
afterAll(() => server[Symbol.asyncDispose]())

async function read(connection: Connection) {
  return {
    database: await query(
      connection,
      `SELECT ARRAY(SELECT unnest(datacl)::text ORDER BY 1)::text AS acl, datconnlimit, shobj_description(oid, 'pg_database') AS comment
       FROM pg_database WHERE datname = current_database()`,
    ),
    settings: await query(
      connection,
      `SELECT setrole::text, setconfig::text FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
       WHERE d.datname = current_database() ORDER BY 1`,
    ),
  }
}

it('a copy by template gets what the database has as a whole, once more as well as once', async () => {
  const copy = { ...source, database: 'golden' }
  const superuser = { ...source, database: 'postgres' }
  await query(superuser, `CREATE DATABASE golden TEMPLATE ${source.database}`)
  expect(await read(copy)).not.toEqual(await read(source))
  await using from = await openSession(source)
  await using to = await openSession(superuser)
  for (const _time of ['once', 'twice']) await runAll(to, await readDatabase(from, 'golden'))
  expect(await read(copy)).toEqual(await read(source))
})
