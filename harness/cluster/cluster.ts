import { randomBytes } from 'node:crypto'
import { chown, open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { RehearsalError } from '../errors.ts'
import { bareEnvironment } from '../process/bare-environment.ts'
import { releaseChild, signalChild, startChild, type Command } from '../process/child.ts'
import type { Connection } from '../postgres/connection.ts'
import { runProgram } from '../process/run-program.ts'
import { openSession, quoteIdentifier, quoteLiteral, type Session } from '../postgres/session.ts'
import { serverAccount } from './account.ts'
import type { PostgresInstallation } from './find-binaries.mjs'
import { makeServerDirectory } from './run-directory.ts'

/** A throw-away server from local binaries: private directory, private socket, no TCP port, no trust. */
export interface Cluster extends AsyncDisposable {
  readonly directory: string
  /** The bootstrap superuser on database `postgres`. */
  readonly superuser: Connection
  /** Shuts the server down ("fast"), and waits until it has ended. The directory stays. */
  stop(): Promise<void>
  /** Lets the server outlive this process. */
  release(): void
}

const superuserName = 'postgres'
const startDeadlineMs = 60_000
const stopDeadlineMs = 30_000

/**
 * Nothing here outlives the run, so nothing is synced to disk; memory is sized for four servers beside each other, two
 * of which are only read.
 */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '256MB',
  // In the data directory: what is kept in /dev/shm outlives a server that was killed.
  dynamic_shared_memory_type: 'mmap',
  maintenance_work_mem: '256MB',
  max_connections: '40',
  // Two dumps may be under way at once, each with a lock on every table.
  max_locks_per_transaction: '128',
  max_wal_size: '1GB',
  min_wal_size: '32MB',
  // WAL that is behind us is not kept for reuse: a prepared cluster would be copied with all of it.
  wal_recycle: 'off',
  wal_init_zero: 'off',
  checkpoint_timeout: '1h',
  // Whoever writes here is the rehearsal: a transaction that is open at a reading is somebody's, and no ANALYZE's.
  autovacuum: 'off',
  jit: 'off',
  lc_messages: 'C',
}

/** A password that was never used before and is never shown. */
export function makePassword(): string {
  return randomBytes(24).toString('base64url')
}

/** Gives a role another password, by default a new one, and returns it. */
export async function replacePassword(
  session: Session,
  user: string,
  password = makePassword(),
): Promise<string> {
  await session.rows(`ALTER ROLE ${quoteIdentifier(user)} PASSWORD ${quoteLiteral(password)}`)
  return password
}

/** Makes a cluster's data directory: UTF-8, collation C, data checksums, SCRAM for everybody. */
export async function initialiseCluster(
  installation: PostgresInstallation,
  directory: string,
  password: string,
  signal?: AbortSignal,
): Promise<void> {
  await makeServerDirectory(directory)
  const account = await serverAccount()
  const passwordFile = join(directory, 'password')
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (account) await chown(passwordFile, account.uid, account.gid)
  try {
    await runProgram(
      join(installation.directory, 'initdb'),
      [
        `--pgdata=${join(directory, 'data')}`,
        `--username=${superuserName}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--data-checksums',
        // A segment is copied whole, however little is in it.
        '--wal-segsize=1',
        '--no-sync',
        '--no-instructions',
      ],
      { cwd: directory, env: { ...bareEnvironment(), LC_ALL: 'C' }, signal, ...account },
    )
  } finally {
    await rm(passwordFile, { force: true })
  }
}

export interface StartSettings {
  readonly signal?: AbortSignal | undefined
  /** Starts the server in another way, such as where it sees no more than its own directory. */
  readonly confine?: ((command: Command) => Command) | undefined
}

/**
 * Starts the server of a directory that {@link initialiseCluster} made, and waits until it takes connections. When the
 * signal aborts, the server is shut down: whatever waits for an answer of it gets an error, however long it would take.
 */
export async function startCluster(
  installation: PostgresInstallation,
  directory: string,
  password: string,
  { signal, confine }: StartSettings = {},
): Promise<Cluster> {
  signal?.throwIfAborted()
  const account = await serverAccount()
  const logPath = join(directory, 'server.log')
  const log = await open(logPath, 'a')
  const parameters = { ...settings, unix_socket_directories: directory }
  const bare = {
    program: join(installation.directory, 'postgres'),
    args: [
      '-D',
      join(directory, 'data'),
      ...Object.entries(parameters).map(([name, value]) => `--${name}=${value}`),
    ],
    ...account,
  }
  const { program, args, ...startedAs } = confine?.(bare) ?? bare
  const server = startChild(program, args, {
    cwd: directory,
    env: serverEnvironment(),
    stdio: ['ignore', log.fd, log.fd],
    ...startedAs,
  })
  const ended = new Promise<string>((resolve) => {
    server.once('error', (error) => resolve(error.message))
    server.once('close', (code, signal) => resolve(signal ?? `exit ${code}`))
  })
  await log.close()

  const superuser: Connection = {
    host: directory,
    port: 5432,
    user: superuserName,
    password,
    database: 'postgres',
  }
  const stop = async (): Promise<void> => {
    signal?.removeEventListener('abort', interrupt)
    signalChild(server, 'SIGINT')
    if (await within(stopDeadlineMs, ended)) return
    signalChild(server, 'SIGQUIT')
    await ended
  }
  const interrupt = (): void => void stop()
  signal?.addEventListener('abort', interrupt, { once: true })
  try {
    await untilReady(superuser, ended)
  } catch (cause) {
    await stop()
    signal?.throwIfAborted()
    const tail = (await readFile(logPath, 'utf8')).trimEnd().split('\n').slice(-5).join('\n')
    throw new RehearsalError(
      'CLUSTER_FAILED',
      `the PostgreSQL server in ${directory} did not start:\n${tail}`,
      { cause },
    )
  }
  const release = (): void => {
    signal?.removeEventListener('abort', interrupt)
    releaseChild(server)
  }
  return { directory, superuser, stop, release, [Symbol.asyncDispose]: stop }
}

/** What dblink and foreign servers use if no host is given: a socket in a directory that does not exist. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return { ...bareEnvironment(), LC_ALL: 'C', PGHOST: '/dev/null' }
}

async function untilReady(superuser: Connection, ended: Promise<string>): Promise<void> {
  const deadline = Date.now() + startDeadlineMs
  for (;;) {
    try {
      await using session = await openSession(superuser)
      await session.rows('SELECT 1')
      return
    } catch (cause) {
      const end = await within(20, ended)
      if (end !== undefined) throw new RehearsalError('CLUSTER_FAILED', `the server ended: ${end}`, { cause })
      if (Date.now() > deadline) throw cause
    }
  }
}

/** What the promise gives, or undefined after the time. */
async function within<T>(timeMs: number, promise: Promise<T>): Promise<T | undefined> {
  const timer = new AbortController()
  const late = pause(timeMs, undefined, { signal: timer.signal }).catch((error: Error) => {
    if (error.name !== 'AbortError') throw error
    return undefined
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    timer.abort()
  }
}
