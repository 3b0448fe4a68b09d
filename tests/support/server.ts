import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCluster } from '../../harness/cluster/cluster.ts'
import { findPostgresInstallations } from '../../harness/cluster/find-binaries.mjs'
import { makeRunDirectory } from '../../harness/cluster/run-directory.ts'
import { Cleanup } from '../../harness/process/cleanup.ts'
import { copyBareCluster } from '../../harness/cache/bare-cluster.ts'
import type { Connection } from '../../harness/postgres/connection.ts'
import { openSession, quoteIdentifier, type Row } from '../../harness/postgres/session.ts'

/** A throw-away server for tests that run psql. */
export interface TestServer extends AsyncDisposable {
  readonly psql: string
  /** An empty database of its own, by the superuser. */
  makeDatabase(): Promise<Connection>
}

/** Starts one; `settings` are lines of its configuration that only a start takes in. */
export async function startTestServer(settings: readonly string[] = []): Promise<TestServer> {
  const cleanup = new Cleanup()
  try {
    const [installation] = findPostgresInstallations()
    const run = cleanup.own('the run directory', await makeRunDirectory())
    const directory = join(run.path, 'server')
    const password = await copyBareCluster({ installation: installation!, note: console.log }, directory)
    await appendFile(
      join(directory, 'data/postgresql.auto.conf'),
      settings.map((line) => `${line}\n`).join(''),
    )
    const { superuser } = cleanup.own('the server', await startCluster(installation!, directory, password))
    let count = 0
    return {
      psql: join(installation!.directory, 'psql'),
      async makeDatabase() {
        const database = `test_${++count}`
        await query(superuser, `CREATE DATABASE ${quoteIdentifier(database)}`)
        return { ...superuser, database }
      },
      [Symbol.asyncDispose]: () => cleanup[Symbol.asyncDispose](),
    }
  } catch (error) {
    await cleanup[Symbol.asyncDispose]()
    throw error
  }
}

/** Rows of one query in a session of its own. */
export async function query(connection: Connection, text: string): Promise<Row[]> {
  await using session = await openSession(connection, 'test')
  return await session.rows(text)
}

/** Files in a directory of their own. */
export async function writeFiles(
  files: Readonly<Record<string, string>>,
): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'executor-test-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text)
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
