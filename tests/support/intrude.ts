import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { findPostgresInstallations } from '../../harness/cluster/find-binaries.mjs'
import { findProcesses } from '../../harness/process/find-processes.ts'
import type { Connection } from '../../harness/postgres/connection.ts'
import type { Project } from './project.ts'

const letInDeadlineMs = 20_000

/** An attacker's statement on the run's production or golden clone, and the act during which it comes. */
export interface Intrusion {
  readonly database: string
  readonly statement: string
}

/** Lets a spec of the second rollback, which looks harmless, write behind the harness's back. */
export function planIntrusion(project: Project, { database, statement }: Intrusion): Promise<void> {
  return project.write(
    'specs/rollback/2-second.spec.ts',
    `import { inject } from 'vitest'
import { act } from '../words.ts'
import { intrude } from ${JSON.stringify(fileURLToPath(import.meta.url))}

act('rollback-2', 'changes nothing', (it) => {
  it('has an empty effect', async ({ expect, effect }) => {
    await intrude(inject('stage'), ${JSON.stringify(database)}, ${JSON.stringify(statement)})
    expect(effect).toBeExactly({})
  })
})
`,
  )
}

/**
 * Gets in as somebody can who owns the machine: finds the database's cluster beside the stage's socket, makes its
 * server trust every local user, and runs the statement as superuser.
 *
 * @public The spec that {@link planIntrusion} writes imports it.
 */
export async function intrude(stageSocket: string, database: string, statement: string): Promise<void> {
  await using intruder = await breakIn(stageSocket, database)
  await intruder.client.query(statement)
}

/**
 * Lets pgbench write to the run's production, for as long as that is there, as its own clients would.
 *
 * @public The spec that {@link planLoad} writes imports it.
 */
export async function load(stageSocket: string, database: string, script: string): Promise<void> {
  await using _way = await breakIn(stageSocket, database)
  const file = join(dirname(stageSocket), 'load.sql')
  await writeFile(file, script)
  const [installation] = findPostgresInstallations()
  const args = ['-n', '-c', '1', '-R', '100', '-T', '300', '-f', file, '-h', clusterOf(stageSocket, database)]
  const pgbench = spawn(join(installation!.directory, 'pgbench'), [...args, '-U', 'postgres', database], {
    detached: true,
    stdio: 'ignore',
  })
  pgbench.unref()
}

/** Lets pgbench write to production from its baseline on. */
export function planLoad(project: Project, database: string, script: string): Promise<void> {
  return project.write(
    'specs/baseline/load.spec.ts',
    `import { inject } from 'vitest'
import { act } from '../words.ts'
import { load } from ${JSON.stringify(fileURLToPath(import.meta.url))}

act('baseline', 'has clients that write', (it) => {
  it('lets them', async ({ expect, facts }) => {
    await load(inject('stage'), ${JSON.stringify(database)}, ${JSON.stringify(script)})
    expect(facts['reader']).toBe('dress_rehearsal_reader')
  })
})
`,
  )
}

function clusterOf(stageSocket: string, database: string): string {
  return join(dirname(stageSocket), database.includes('_golden') ? 'golden' : 'production')
}

async function breakIn(stageSocket: string, database: string): Promise<Stranger> {
  const cluster = clusterOf(stageSocket, database)
  const rules = join(cluster, 'data/pg_hba.conf')
  await writeFile(rules, `local all all trust\n${await readFile(rules, 'utf8')}`)
  process.kill(await findPostmaster(cluster), 'SIGHUP')
  return untilLetIn({ host: cluster, port: 5432, user: 'postgres', password: 'guessed', database })
}

/** Its own file holds the number that it has in its namespace. */
async function findPostmaster(cluster: string): Promise<number> {
  for (const pid of await findProcesses(cluster)) {
    const [program = '', option, data] = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0')
    if (program.endsWith('/postgres') && option === '-D' && data === join(cluster, 'data')) return pid
  }
  throw new Error(`no server runs in ${cluster}`)
}

async function untilLetIn(connection: Connection): Promise<Stranger> {
  const deadline = Date.now() + letInDeadlineMs
  for (;;) {
    try {
      return await connectAround(connection, 'intruder')
    } catch (error) {
      if (Date.now() > deadline) throw error
      await pause(20)
    }
  }
}

/** Somebody on a server whose statements no guard of the harness sees. */
export interface Stranger extends AsyncDisposable {
  readonly client: pg.Client
}

/** Connects as another process would, also where the harness guards its own sessions. */
export async function connectAround(connection: Connection, name: string): Promise<Stranger> {
  const client = new pg.Client({ ...connection, application_name: name })
  // The server may go first.
  client.on('error', () => undefined)
  await client.connect()
  return { client, [Symbol.asyncDispose]: () => client.end() }
}
