import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runScript, type ScriptResult } from '../executor/run-script.ts'
import { writeFiles } from '../../tests/support/server.ts'
import { makeRunDirectory, type RunDirectory } from '../cluster/run-directory.ts'
import { openSession } from '../postgres/session.ts'
import type { Connection } from '../postgres/connection.ts'
import { startTestServer, type TestServer } from '../../tests/support/server.ts'
import { openProxy, type ServerProxy } from './proxy.ts'

let server: TestServer
let run: RunDirectory
let direct: Connection
let proxy: ServerProxy

beforeAll(async () => {
  server = await startTestServer()
  run = await makeRunDirectory()
  direct = await server.makeDatabase()
  proxy = await openProxy(direct, join(run.path, 'proxy'), (name) => name === direct.database)
})
afterAll(async () => {
  await proxy[Symbol.asyncDispose]()
  await run[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

async function psql(sql: string, { host }: { host: string }): Promise<ScriptResult> {
  await using files = await writeFiles({ 'release.sql': sql })
  const connection = { ...direct, host }
  return await runScript({ psql: server.psql, directory: files.path, file: 'release.sql', connection })
}

const reached = 'psql ran what was read as a string'

/** Scripts that hide a command of psql in a string, and what psql would take it from. */
const hidden: [name: string, value: string, sql: string][] = [
  [
    'standard_conforming_strings',
    'off',
    String.raw`DO $$ BEGIN EXECUTE 'SET standard_con' || 'forming_strings = off'; END $$;
SELECT 'a\';
SELECT ' AS b;
\echo ${reached}
SELECT '';
`,
  ],
  [
    'client_encoding',
    'SJIS',
    String.raw`DO $$ BEGIN EXECUTE 'SET client_enc' || 'oding TO SJIS'; END $$;
SELECT 'ŀ', ' AS x
\echo ${reached}
SELECT ', 'ŀ';
`,
  ],
]

describe('a session by way of the proxy', () => {
  it.each(hidden)('ends where %s becomes %s, before psql is told', async (name, value, sql) => {
    expect((await psql(sql, direct)).stdout).toContain(reached)
    const { stdout, exitCode, error } = await psql(sql, proxy)
    expect(stdout).not.toContain(reached)
    expect(exitCode).toBe(2)
    expect(error).toMatchObject({
      sqlstate: '0A000',
      message: expect.stringContaining(`${name} became ${value}`) as string,
      file: 'release.sql',
      line: 1,
    })
  })

  it.each([
    'SET client_encoding = LATIN1; SET standard_conforming_strings = on; SET client_encoding = UTF8;',
    "SELECT repeat('S', 300000), set_config('application_name', repeat('S', 60), false);",
    "COPY (SELECT repeat('ŀS', 100) FROM generate_series(1, 5000)) TO STDOUT;\nSELECT 'Ende';",
    "DO $$ BEGIN FOR i IN 1..2000 LOOP RAISE NOTICE 'größe %', i; END LOOP; END $$;",
  ])('gives what a direct one gives: %s', async (sql) => {
    const [through, straight] = [await psql(sql, proxy), await psql(sql, direct)]
    expect({ ...through, durationMs: 0 }).toEqual({ ...straight, durationMs: 0 })
    expect(through.exitCode).toBe(0)
  })

  it('is refused at its start where the role is given such a setting', async () => {
    await using session = await openSession(direct)
    await session.rows('CREATE ROLE porter LOGIN; ALTER ROLE porter SET standard_conforming_strings = off')
    await session.rows(`ALTER ROLE porter PASSWORD 'p'`)
    const porter = { ...direct, host: proxy.host, user: 'porter', password: 'p' }
    await expect(openSession(porter)).rejects.toMatchObject({
      cause: { code: '0A000', hint: expect.stringContaining('settings of the role') as string },
    })
  })

  it('leads to no other database, at its start and by \\connect', async () => {
    const refusal = '"postgres" is not a database of this rehearsal'
    const { stderr, exitCode } = await psql('\\connect postgres\n', proxy)
    expect({ stderr, exitCode }).toEqual({ stderr: expect.stringContaining(refusal) as string, exitCode: 3 })
    await expect(openSession({ ...direct, host: proxy.host, database: 'postgres' })).rejects.toMatchObject({
      cause: { code: '42501', message: refusal },
    })
  })

  it('leaves none on the server when the proxy goes, nor its socket', async () => {
    const other = await openProxy(direct, join(run.path, 'other'), () => true)
    const session = await openSession({ ...direct, host: other.host }, 'left behind')
    await session.rows('BEGIN')
    await other[Symbol.asyncDispose]()
    await using outside = await openSession(direct)
    const left = () => outside.rows(`SELECT 1 FROM pg_stat_activity WHERE application_name = 'left behind'`)
    await expect.poll(left, { timeout: 5000 }).toEqual([])
    await expect(openSession({ ...direct, host: other.host })).rejects.toMatchObject({
      code: 'QUERY_FAILED',
    })
  })
})
