import { spawnSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { toEnvironment } from '../../../harness/postgres/environment.ts'
import { type Connection } from '../../../harness/postgres/connection.ts'
import { runProgram } from '../../../harness/process/run-program.ts'

/** The program as it is installed here; `hasCompare` is false before version 0.13. */
export interface Pgcopydb {
  readonly version: string
  readonly hasCompare: boolean
}

/** Looks for pgcopydb in PATH, and asks it for its version and commands. */
export function findPgcopydb(env: NodeJS.ProcessEnv = process.env): Pgcopydb | undefined {
  const ask = (argument: string): string | undefined => {
    const { error, stdout, stderr } = spawnSync('pgcopydb', [argument], { env, encoding: 'utf8' })
    return error === undefined ? `${stdout}${stderr}` : undefined
  }
  const version = ask('--version')
  if (version === undefined) return undefined
  return {
    version: /pgcopydb version (\S+)/.exec(version)?.[1] ?? 'unknown',
    hasCompare: /^\s*\+ compare\b/m.test(ask('help') ?? ''),
  }
}

/** Why `pgcopydb compare` is not measured; undefined where it can be. */
export function explainAbsence(found: Pgcopydb | undefined): string | undefined {
  if (found === undefined) return 'pgcopydb is not installed; apt-get install pgcopydb'
  if (found.hasCompare) return undefined
  return `cannot be measured here: pgcopydb ${found.version} has no command "compare", which was added in 0.13`
}

/** Runs `pgcopydb compare data` or `schema` with a work directory of its own, and returns what it printed. */
export async function runPgcopydbCompare(
  what: 'data' | 'schema',
  first: Connection,
  second: Connection,
  { directory, signal }: { directory: string; signal: AbortSignal },
): Promise<string> {
  const args = ['compare', what, '--dir', directory]
  const env = {
    ...toEnvironment(first, ['pgcopydb', ...args]),
    PGCOPYDB_SOURCE_PGURI: toUri(first),
    PGCOPYDB_TARGET_PGURI: toUri(second),
  }
  try {
    return await runProgram('pgcopydb', args, { env, signal })
  } finally {
    // What it has read of a schema it would take for the next one's.
    await rm(directory, { recursive: true, force: true })
  }
}

/** Without the password, which goes by the environment: both databases are in one cluster. */
function toUri({ host, port, user, database }: Connection): string {
  const name = encodeURIComponent(database)
  return `postgres://${encodeURIComponent(user)}@/${name}?host=${encodeURIComponent(host)}&port=${port}`
}
