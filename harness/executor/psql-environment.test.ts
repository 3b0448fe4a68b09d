import { execFile } from 'node:child_process'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { query, startTestServer, writeFiles, type TestServer } from '../../tests/support/server.ts'
import type { Connection } from '../postgres/connection.ts'
import { runScript } from './run-script.ts'

let server: TestServer
let connection: Connection
let home: Awaited<ReturnType<typeof writeFiles>>

/** A caller whose home and environment would let psql in elsewhere: as another role, by files and by variables. */
beforeAll(async () => {
  server = await startTestServer()
  connection = await server.makeDatabase()
  await query(connection, `CREATE ROLE stranger LOGIN PASSWORD 'planted-password'`)
  const service = `[planted]\nhost=${connection.host}\nuser=stranger\npassword=planted-password\n`
  home = await writeFiles({
    '.psqlrc': '\\set planted yes\n',
    '.pgpass': '*:*:*:stranger:planted-password\n',
    '.pg_service.conf': service,
    'pg_service.conf': service,
  })
  await chmod(join(home.path, '.pgpass'), 0o600)
  const planted = {
    HOME: home.path,
    PSQLRC: join(home.path, '.psqlrc'),
    PGPASSFILE: join(home.path, '.pgpass'),
    PGSERVICEFILE: join(home.path, '.pg_service.conf'),
    PGSYSCONFDIR: home.path,
    PGSERVICE: 'planted',
    PGUSER: 'stranger',
    PGPASSWORD: 'planted-password',
    PGHOSTADDR: '192.0.2.1',
    PGOPTIONS: '-c application_name=planted',
    PGSSLMODE: 'require',
    SECRET_OF_THE_CALLER: 'planted-secret',
  }
  for (const [name, value] of Object.entries(planted)) vi.stubEnv(name, value)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await home[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

const run = (text: string) => runScript({ psql: server.psql, directory: '/', connection, text })

describe('the psql that runs a release', () => {
  it('is as the connection says, whatever variables and startup file its caller has', async () => {
    const { exitCode, stdout } = await run(
      `\\echo :{?planted}\nSELECT current_user, current_setting('application_name');\n`,
    )
    expect({ exitCode, first: stdout.split('\n')[0] }).toEqual({ exitCode: 0, first: 'FALSE' })
    expect(stdout).toContain(`${connection.user}`)
    expect(stdout).toContain('dress-rehearsal')
  })

  it('passes on nothing of its caller’s', async () => {
    const { stdout } = await run('\\! env\n')
    expect(stdout).toContain(`PGUSER=${connection.user}\n`)
    expect(stdout).not.toMatch(/planted|stranger|192\.0\.2\.1/)
    expect(stdout).not.toContain(home.path)
  })

  it.each([
    ['by the password file', `\\! env -u PGPASSWORD psql -w -U stranger -c 'SELECT 1 AS let_in'`],
    [
      'by a service of the home or the system',
      '\\connect "service=planted dbname=postgres"\nSELECT 1 AS let_in;',
    ],
  ])('gets in nowhere else %s', async (_how, text) => {
    const { stdout, stderr } = await run(`\\unset ON_ERROR_STOP\n${text}\n`)
    expect(stdout).not.toContain('let_in')
    expect(stderr).toMatch(/no password supplied|definition of service "planted" not found/)
  })
})

describe('what is planted', () => {
  it.each([
    ['password file', ['-U', 'stranger', '-d', 'postgres']],
    ['service file', ['-d', 'service=planted dbname=postgres']],
  ])('would let a psql in that had the %s', async (_what, args) => {
    const { HOME, PATH, PGPASSFILE, PGSERVICEFILE } = process.env
    const { stdout } = await promisify(execFile)(
      server.psql,
      ['-Xqtw', ...args, '-c', 'SELECT current_user'],
      { env: { HOME, PATH, PGPASSFILE, PGSERVICEFILE, PGHOST: connection.host } },
    )
    expect(stdout.trim()).toBe('stranger')
  })
})
