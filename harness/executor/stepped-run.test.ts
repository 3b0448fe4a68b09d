import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from '../postgres/connection.ts'
import type { SteppedRun } from './leg.ts'
import { startSteppedRun } from './stepped-run.ts'
import { runScript } from './run-script.ts'
import { query, startTestServer, writeFiles, type TestServer } from '../../tests/support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const tiers = ['t0', 't1', 't2'].map((name) => ({ id: name.toUpperCase(), file: `${name}.sql` }))
const depot: Record<string, string> = {
  'run.sql': '\\set who clerk\n\\ir t0.sql\n\\ir t1.sql\n\\ir t2.sql\n\\echo done :who\n',
  't0.sql': "CREATE TABLE parcel (id int PRIMARY KEY, who text);\nDO $$ BEGIN RAISE NOTICE 'made'; END $$;\n",
  't1.sql':
    "INSERT INTO parcel VALUES (1, :'who');\nSELECT count(*) AS n FROM parcel \\gset\n\\echo parcels :n\n",
  't2.sql': "DO $$ BEGIN RAISE NOTICE 'last'; END $$;\nINSERT INTO parcel VALUES (:n + 1, 'other');\n",
}

interface Fixture extends AsyncDisposable {
  readonly connection: Connection
  readonly run: SteppedRun
  readonly settings: Parameters<typeof startSteppedRun>[0]
}

async function start(changes: Record<string, string> = {}): Promise<Fixture> {
  const directory = await writeFiles({ ...depot, ...changes })
  const connection = await server.makeDatabase()
  const settings = { psql: server.psql, directory: directory.path, script: 'run.sql', tiers, connection }
  const run = await startSteppedRun(settings)
  return {
    connection,
    run,
    settings,
    async [Symbol.asyncDispose]() {
      await run[Symbol.asyncDispose]()
      await directory[Symbol.asyncDispose]()
    },
  }
}

const parcels = (connection: Connection) => query(connection, 'SELECT id, who FROM parcel ORDER BY id')
const exists = async (connection: Connection) =>
  (await query(connection, "SELECT to_regclass('parcel') IS NOT NULL AS found"))[0]!['found']

/** psql's sessions on the database. */
const sessions = (connection: Connection) =>
  query(
    connection,
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'dress-rehearsal'",
  )

it('runs nothing before the first leg, and then one tier a leg, with the notices and output of each', async () => {
  await using fixture = await start()
  const { run, connection } = fixture
  expect(await exists(connection)).toBe(false)
  expect(await run.next()).toMatchObject({
    kind: 'boundary',
    tier: 'T0',
    skipped: [],
    error: null,
    output: 'CREATE TABLE\nDO\n',
    notices: [{ severity: 'NOTICE', message: 'made', file: 't0.sql', line: 2 }],
  })
  expect(await parcels(connection)).toEqual([])
  expect(await run.next()).toMatchObject({ tier: 'T1', output: 'INSERT 0 1\nparcels 1\n', notices: [] })
  expect(await parcels(connection)).toEqual([{ id: 1, who: 'clerk' }])
  expect(await run.next()).toMatchObject({
    tier: 'T2',
    notices: [{ message: 'last', file: 't2.sql', line: 1 }],
  })
  expect(await run.finish()).toMatchObject({
    kind: 'exited',
    exitCode: 0,
    signal: null,
    tier: null,
    skipped: [],
    output: 'done clerk\n',
  })
  expect(await run.finish()).toMatchObject({ kind: 'exited', exitCode: 0 })
  await expect(run.next()).rejects.toMatchObject({ code: 'EXECUTOR_FAILED' })
})

it('leaves what an run without breakpoints of the same files leaves: rows, output, and the place of an error', async () => {
  const changes = { 'run.sql': `${depot['run.sql']}\n\nSELECT 1/0;\n` }
  await using fixture = await start(changes)
  const legs = [
    await fixture.run.next(),
    await fixture.run.next(),
    await fixture.run.next(),
    await fixture.run.finish(),
  ]
  const connection = await server.makeDatabase()
  const whole = await runScript({ ...fixture.settings, file: 'run.sql', connection })
  expect(legs.map((leg) => leg.output).join('')).toBe(whole.stdout)
  expect(legs.flatMap((leg) => leg.notices)).toEqual(whole.notices)
  expect(legs.at(-1)).toMatchObject({ exitCode: whole.exitCode, tier: null, error: whole.error })
  expect(whole.error).toMatchObject({ sqlstate: '22012', file: 'run.sql', line: 8 })
  expect(await parcels(fixture.connection)).toEqual(await parcels(connection))
})

it('gives the same output under \\set ECHO all, with a byte order mark and CRLF', async () => {
  const text = `\uFEFF\\set ECHO all\r\n${depot['run.sql']!.replaceAll('\n', '\r\n')}`
  await using fixture = await start({ 'run.sql': text })
  const legs = [
    await fixture.run.next(),
    await fixture.run.next(),
    await fixture.run.next(),
    await fixture.run.finish(),
  ]
  const connection = await server.makeDatabase()
  const whole = await runScript({ ...fixture.settings, file: 'run.sql', connection })
  expect(legs.at(-1)).toMatchObject({ exitCode: 0 })
  expect(legs.map((leg) => leg.output).join('')).toBe(whole.stdout)
})

it('tells an error in the second tier: exit 3, tier, file, line, SQLSTATE; the transaction is rolled back', async () => {
  await using fixture = await start({
    'run.sql': 'BEGIN;\n\\ir t0.sql\n\\ir t1.sql\n\\ir t2.sql\nCOMMIT;\n',
    't1.sql': "INSERT INTO parcel VALUES (1, 'a');\n\nINSERT INTO parcel VALUES (1, 'b');\n",
  })
  await fixture.run.next()
  expect(await fixture.run.next()).toMatchObject({
    kind: 'exited',
    exitCode: 3,
    tier: 'T1',
    skipped: [],
    error: { sqlstate: '23505', file: 't1.sql', line: 3, constraint: 'parcel_pkey' },
  })
  expect(await exists(fixture.connection)).toBe(false)
  await expect(fixture.run.next()).rejects.toMatchObject({
    code: 'EXECUTOR_FAILED',
    message: expect.stringContaining('exit 3') as string,
  })
})

it('keeps a transaction over several tiers open at the boundaries between them', async () => {
  await using fixture = await start({
    'run.sql': '\\set who x\nBEGIN;\n\\ir t0.sql\n\\ir t1.sql\nCOMMIT;\n\\ir t2.sql\n',
  })
  await fixture.run.next()
  await fixture.run.next()
  expect(await exists(fixture.connection)).toBe(false)
  await fixture.run.next()
  expect(await parcels(fixture.connection)).toHaveLength(2)
})

describe('a tier that a false \\if skips', () => {
  it('is told with the next boundary', async () => {
    await using fixture = await start({
      'run.sql': '\\set n 0\n\\ir t0.sql\n\\if false\n\\ir t1.sql\n\\endif\n\\ir t2.sql\n',
    })
    await fixture.run.next()
    expect(await fixture.run.next()).toMatchObject({ kind: 'boundary', tier: 'T2', skipped: ['T1'] })
    expect(await fixture.run.finish()).toMatchObject({ exitCode: 0, skipped: [] })
    expect(await parcels(fixture.connection)).toEqual([{ id: 1, who: 'other' }])
  })

  it('is told with the end, where no boundary follows', async () => {
    await using fixture = await start({
      'run.sql': '\\ir t0.sql\n\\if false\n\\ir t1.sql\n\\ir t2.sql\n\\endif\n',
    })
    await fixture.run.next()
    expect(await fixture.run.next()).toMatchObject({ kind: 'exited', exitCode: 0, skipped: ['T1', 'T2'] })
  })
})

it('reads a nested \\ir from the including file, and names it in the error', async () => {
  await using fixture = await start({ 't0.sql': '\n\\ir more.sql\n', 'more.sql': '\n\nSELECT 1/0;\n' })
  expect(await fixture.run.next()).toMatchObject({ tier: 'T0', error: { file: 'more.sql', line: 3 } })
})

it('carries notices, text without a line end and wide characters whole, however much a tier prints', async () => {
  await using fixture = await start({
    't0.sql':
      "DO $$ BEGIN FOR i IN 1..3000 LOOP RAISE NOTICE 'größe % 😀', i; END LOOP; END $$;\n\\echo -n ende\n",
  })
  const leg = await fixture.run.next()
  expect(leg).toMatchObject({ kind: 'boundary', output: 'DO\nende' })
  expect(leg.notices).toHaveLength(3000)
  expect(leg.notices[2999]).toMatchObject({ message: 'größe 3000 😀', file: 't0.sql', line: 1 })
})

describe('ending a run', () => {
  it('at a boundary rolls the open transaction back and leaves no session', async () => {
    const fixture = await start({ 'run.sql': 'BEGIN;\n\\ir t0.sql\n\\ir t1.sql\n\\ir t2.sql\nCOMMIT;\n' })
    await fixture.run.next()
    expect(await sessions(fixture.connection)).toHaveLength(1)
    await fixture[Symbol.asyncDispose]()
    await fixture.run[Symbol.asyncDispose]()
    await expect.poll(() => sessions(fixture.connection), { timeout: 5000 }).toEqual([])
    expect(await exists(fixture.connection)).toBe(false)
  })

  it('before the first leg runs nothing', async () => {
    const fixture = await start()
    await fixture[Symbol.asyncDispose]()
    expect(await exists(fixture.connection)).toBe(false)
  })

  it('while a statement runs cancels it, and settles the leg', async () => {
    const fixture = await start({ 't0.sql': 'SELECT pg_sleep(60);\n' })
    const leg = fixture.run.next()
    await expect
      .poll(
        () => query(fixture.connection, "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%sleep(60);'"),
        {
          timeout: 5000,
        },
      )
      .toHaveLength(1)
    await fixture[Symbol.asyncDispose]()
    expect(await leg).toMatchObject({ kind: 'exited', tier: 'T0', error: { sqlstate: '57014' } })
    await expect.poll(() => sessions(fixture.connection), { timeout: 5000 }).toEqual([])
  })
})

describe('the run settles where', () => {
  /** psql and what it started, by their working directory (Linux). */
  const processesOf = (directory: string): number[] =>
    execFileSync('sh', ['-c', 'ls -l /proc/[0-9]*/cwd 2>/dev/null; true'], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.endsWith(` -> ${directory}`))
      .map((line) => Number(/\/proc\/(\d+)\/cwd/.exec(line)![1]))

  /** The first of the breakpoint's processes that runs the program; psql's marks arrive before its shell has started. */
  const breakpointProcess = async (directory: string, program: string): Promise<number> => {
    const find = () =>
      processesOf(directory)
        .sort((one, other) => one - other)
        .find((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === program)
    await expect.poll(find, { timeout: 5000 }).toBeDefined()
    return find()!
  }

  it('psql is killed at a boundary', async () => {
    await using fixture = await start()
    await fixture.run.next()
    const [psql] = processesOf(fixture.settings.directory).sort((one, other) => one - other)
    process.kill(psql!, 'SIGKILL')
    expect(await fixture.run.next()).toMatchObject({
      kind: 'exited',
      signal: 'SIGKILL',
      exitCode: null,
      tier: null,
    })
    await fixture.run[Symbol.asyncDispose]()
    expect(processesOf(fixture.settings.directory)).toEqual([])
  })

  it("the breakpoint's reader is gone: psql is ended, not let through", async () => {
    await using fixture = await start()
    await fixture.run.next()
    process.kill(await breakpointProcess(fixture.settings.directory, 'head'), 'SIGKILL')
    await expect.poll(() => processesOf(fixture.settings.directory), { timeout: 5000 }).toEqual([])
    expect(await fixture.run.next()).toMatchObject({ kind: 'exited', signal: 'SIGTERM' })
    expect(await parcels(fixture.connection)).toEqual([])
  })

  it("the breakpoint's shell is killed: psql went on, which is a fault", async () => {
    await using fixture = await start()
    await fixture.run.next()
    await breakpointProcess(fixture.settings.directory, 'head')
    process.kill(await breakpointProcess(fixture.settings.directory, 'sh'), 'SIGKILL')
    await expect.poll(() => sessions(fixture.connection), { timeout: 10_000 }).toEqual([])
    await expect(fixture.run.next()).rejects.toMatchObject({
      code: 'EXECUTOR_FAILED',
      message: 'psql continued after T0 without being released',
    })
  })

  it('the server ends the session at a boundary', async () => {
    await using fixture = await start()
    await fixture.run.next()
    const [session] = await sessions(fixture.connection)
    await query(fixture.connection, `SELECT pg_terminate_backend(${String(session!['pid'])})`)
    expect(await fixture.run.next()).toMatchObject({
      kind: 'exited',
      exitCode: 2,
      tier: 'T1',
      error: { severity: 'FATAL' },
    })
  })

  it('psql cannot connect', async () => {
    await using fixture = await start()
    await using run = await startSteppedRun({
      ...fixture.settings,
      connection: { ...fixture.connection, database: 'none' },
    })
    expect(await run.next()).toMatchObject({
      kind: 'exited',
      exitCode: 2,
      tier: null,
      error: { message: expect.stringContaining('database "none" does not exist') as string },
    })
  })

  it('psql is not there', async () => {
    await using fixture = await start()
    await expect(startSteppedRun({ ...fixture.settings, psql: '/nowhere/psql' })).rejects.toMatchObject({
      code: 'EXECUTOR_FAILED',
      message: expect.stringContaining('/nowhere/psql') as string,
    })
  })

  it('a leg is asked for while one runs, or the end while tiers are to come', async () => {
    await using fixture = await start()
    const leg = fixture.run.next()
    await expect(fixture.run.next()).rejects.toMatchObject({ code: 'EXECUTOR_FAILED' })
    await leg
    await expect(fixture.run.finish()).rejects.toThrow('expected psql to exit; it is waiting after T1')
  })

  it('the process that holds the breakpoints dies: psql is ended at the next breakpoint', async () => {
    await using fixture = await start({
      'run.sql': 'BEGIN;\n\\ir t0.sql\n\\ir t1.sql\n\\ir t2.sql\nCOMMIT;\n',
    })
    const module = new URL('./stepped-run.ts', import.meta.url).href
    const script = `
      const { startSteppedRun } = await import(${JSON.stringify(module)})
      const run = await startSteppedRun(JSON.parse(process.env.SETTINGS))
      await run.next()
      process.kill(process.pid, 'SIGKILL')`
    const loader = new URL('../../bin/rehearse.mjs', import.meta.url)
    expect(() =>
      execFileSync(
        process.execPath,
        [
          '--input-type=module',
          '-e',
          `import { register } from 'node:module'\nregister('ts-node/esm', ${JSON.stringify(loader.href)})\n${script}`,
        ],
        { env: { ...process.env, SETTINGS: JSON.stringify(fixture.settings) }, stdio: 'pipe' },
      ),
    ).toThrow(expect.objectContaining({ signal: 'SIGKILL' }))
    await expect.poll(() => processesOf(fixture.settings.directory).length, { timeout: 5000 }).toBe(1)
    await expect.poll(() => exists(fixture.connection)).toBe(false)
  })
})
