import { afterAll, beforeAll, expect, it } from 'vitest'
import { query, startTestServer, type TestServer } from '../../tests/support/server.ts'
import type { Connection } from '../postgres/connection.ts'
import { openSession } from '../postgres/session.ts'
import { readRolePowers } from './role-powers.ts'

let server: TestServer
let superuser: Connection

beforeAll(async () => {
  server = await startTestServer()
  superuser = await server.makeDatabase()
})
afterAll(() => server[Symbol.asyncDispose]())

async function powersOf(role: string): Promise<string[]> {
  await using session = await openSession(superuser)
  return await readRolePowers(session, role)
}

it('are none of a role that owns its database and nothing else', async () => {
  await query(superuser, `CREATE ROLE keeper; ALTER DATABASE ${superuser.database} OWNER TO keeper`)
  expect(await powersOf('keeper')).toEqual([])
})

it('are those of its attributes, its memberships, however it came to them, and its grants', async () => {
  await query(
    superuser,
    `CREATE ROLE mighty CREATEDB CREATEROLE REPLICATION;
     CREATE ROLE between ROLE mighty;
     GRANT pg_execute_server_program TO between; GRANT pg_signal_backend, pg_monitor TO mighty;
     GRANT EXECUTE ON FUNCTION pg_read_file(text) TO between;
     CREATE EXTENSION dblink; CREATE EXTENSION postgres_fdw;
     CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw;
     GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO mighty; GRANT USAGE ON FOREIGN SERVER far TO mighty`,
  )
  expect(await powersOf('mighty')).toEqual([
    'call functions of the extension dblink',
    'call pg_read_file()',
    'create and drop replication slots, and stream the whole server (REPLICATION)',
    'create databases (CREATEDB)',
    'create roles, and through them become any role that is no superuser (CREATEROLE)',
    'create servers of the foreign data wrapper postgres_fdw',
    'end other sessions (pg_signal_backend)',
    'start programs on the server (pg_execute_server_program)',
    'use the foreign server far',
  ])
})

it('are told of a superuser by that alone', async () => {
  await query(superuser, 'CREATE ROLE king SUPERUSER')
  expect(await powersOf('king')).toEqual(['do anything (SUPERUSER)'])
})
