import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { query, startTestServer, writeFiles, type TestServer } from '../../tests/support/server.ts'
import { runScript } from './run-script.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

async function run(
  files: Record<string, string>,
  options: { variables?: Record<string, string>; signal?: AbortSignal } = {},
) {
  await using directory = await writeFiles(files)
  const connection = await server.makeDatabase()
  const result = await runScript({
    psql: server.psql,
    directory: directory.path,
    file: 'run.sql',
    connection,
    ...options,
  })
  return { ...result, connection }
}

it('tells exit code, output, and notices with file and line', async () => {
  const result = await run(
    {
      'run.sql':
        "\\echo one :who\n\\ir more.sql\nDO $$ BEGIN RAISE WARNING E'two\\nlines' USING HINT = 'h'; END $$;\n",
      'more.sql': "\nDO $$ BEGIN RAISE NOTICE 'GUARD: x'; END $$;\n\\warn not a notice\n",
    },
    { variables: { who: "o'reilly" } },
  )
  expect(result).toMatchObject({ exitCode: 0, signal: null, error: null, stdout: "one o'reilly\nDO\nDO\n" })
  expect(result.notices).toEqual([
    { severity: 'NOTICE', message: 'GUARD: x', file: 'more.sql', line: 2 },
    { severity: 'WARNING', message: 'two\nlines', file: 'run.sql', line: 3 },
  ])
  expect(result.stderr).toContain('not a notice')
})

describe('an error', () => {
  it('ends psql with exit 3 and is told with SQLSTATE, fields, file and line', async () => {
    const result = await run({
      'run.sql': 'CREATE TABLE t (a int CONSTRAINT t_a PRIMARY KEY);\n\\ir more.sql\n\\echo not reached\n',
      'more.sql': 'BEGIN;\nINSERT INTO t\nVALUES (1), (1);\n',
    })
    expect(result.exitCode).toBe(3)
    expect(result.stdout).not.toContain('not reached')
    expect(result.error).toEqual({
      severity: 'ERROR',
      sqlstate: '23505',
      message: 'duplicate key value violates unique constraint "t_a"',
      detail: 'Key (a)=(1) already exists.',
      hint: null,
      context: null,
      constraint: 't_a',
      file: 'more.sql',
      line: 3,
    })
  })

  it('keeps detail, hint and context of several lines, and no word of LINE or LOCATION', async () => {
    const result = await run({
      'run.sql':
        "DO $$ BEGIN RAISE EXCEPTION 'halt' USING ERRCODE = 'RE001', DETAIL = E'd1\\nd2', HINT = E'h1\\nh2'; END $$;\n",
    })
    expect(result.error).toMatchObject({
      sqlstate: 'RE001',
      message: 'halt',
      detail: 'd1\nd2',
      hint: 'h1\nh2',
    })
    expect(result.error?.context).toContain('line 1 at RAISE')
    const other = await run({ 'run.sql': 'SELECT *\nFROM nothing;\n' })
    expect(other.error).toMatchObject({
      sqlstate: '42P01',
      message: 'relation "nothing" does not exist',
      line: 2,
    })
  })

  it('is read also where the script sets another verbosity', async () => {
    const result = await run({
      'run.sql': "\\set VERBOSITY default\nDO $$ BEGIN RAISE 'GUARD: x'; END $$;\n",
    })
    expect(result.error).toMatchObject({ severity: 'ERROR', sqlstate: null, message: 'GUARD: x', line: 2 })
  })

  it("of psql's own is told, too", async () => {
    expect((await run({ 'run.sql': '\n\\ir none.sql\n' })).error).toMatchObject({
      severity: 'error',
      message: 'none.sql: No such file or directory',
      file: 'run.sql',
      line: 2,
    })
  })

  it('that ends the session is told before the lost connection', async () => {
    const result = await run({ 'run.sql': 'SELECT pg_terminate_backend(pg_backend_pid());\n' })
    expect(result).toMatchObject({ exitCode: 2, error: { severity: 'FATAL', sqlstate: '57P01' } })
  })

  it('that the script goes on after is told, with exit 0', async () => {
    const result = await run({ 'run.sql': '\\set ON_ERROR_STOP off\nSELECT 1/0;\nSELECT 1;\n' })
    expect(result).toMatchObject({ exitCode: 0, error: { sqlstate: '22012', line: 2 } })
  })
})

it('runs a text, and reports no file for it', async () => {
  const connection = await server.makeDatabase()
  const result = await runScript({
    psql: server.psql,
    directory: '/',
    text: '\\echo :DBNAME\nSELECT 1/0;\n',
    connection,
  })
  expect(result).toMatchObject({
    exitCode: 3,
    stdout: `${connection.database}\n`,
    error: { file: null, line: 2 },
  })
})

it('fails without asking for a password, and shows none, where the password is wrong', async () => {
  const connection = { ...(await server.makeDatabase()), password: 'Very-Wrong-1' }
  const settings = { psql: server.psql, directory: '/', text: 'SELECT 1;' }
  const wrong = await runScript({ ...settings, connection })
  expect(wrong).toMatchObject({ exitCode: 2, error: { severity: 'error', file: null } })
  expect(wrong.error?.message).toContain('password authentication failed')
  expect(JSON.stringify(wrong)).not.toContain('Very-Wrong-1')
  const none = await runScript({ ...settings, connection: { ...connection, password: '' } })
  expect(none).toMatchObject({ exitCode: 2 })
})

it('throws EXECUTOR_FAILED where psql cannot start', async () => {
  const connection = await server.makeDatabase()
  await expect(
    runScript({ psql: '/nowhere/psql', directory: '/', text: '', connection }),
  ).rejects.toMatchObject({ code: 'EXECUTOR_FAILED', message: expect.stringContaining('ENOENT') as string })
})

it('does not wait for a program that the script left behind with its output', async () => {
  const result = await run({ 'run.sql': '\\! sleep 30 &\n\\echo done\n' })
  expect(result).toMatchObject({ exitCode: 0, stdout: 'done\n' })
  expect(result.durationMs).toBeLessThan(10_000)
})

it('is interrupted by its signal: the running statement is cancelled and rolled back', async () => {
  await using directory = await writeFiles({
    'run.sql': 'CREATE TABLE t (a int);\nBEGIN;\nINSERT INTO t VALUES (1);\nSELECT pg_sleep(60);\nCOMMIT;\n',
  })
  const connection = await server.makeDatabase()
  const abort = new AbortController()
  const running = runScript({
    psql: server.psql,
    directory: directory.path,
    file: 'run.sql',
    connection,
    signal: abort.signal,
  })
  const sleeping =
    "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()"
  await expect.poll(() => query(connection, sleeping), { timeout: 5000 }).toHaveLength(1)
  abort.abort()
  await expect(running).rejects.toMatchObject({ code: 'INTERRUPTED' })
  await expect.poll(() => query(connection, sleeping), { timeout: 5000 }).toHaveLength(0)
  expect(await query(connection, 'SELECT * FROM t')).toEqual([])
})
