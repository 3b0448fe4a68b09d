import { access, rm } from 'node:fs/promises'
import { basename, isAbsolute, join } from 'node:path'
import { Cleanup } from '../process/cleanup.ts'
import { makePassword, startCluster } from '../cluster/cluster.ts'
import { findConfinement, type Confinement } from '../confinement/confinement.ts'
import { openProxy, type ServerProxy } from '../confinement/proxy.ts'
import { copyRoles } from './privileges/privileges.ts'
import { copyBareCluster } from '../source/cache/bare-cluster.ts'
import { cacheDirectory } from '../source/cache/cache-directory.ts'
import { createReader, readerName } from '../production-access/reader.ts'
import type { Connection } from '../postgres/connection.ts'
import { openSession, quoteIdentifier, quoteLiteral } from '../postgres/session.ts'
import { mayWriteFiles } from '../confinement/escapes/escape-names.ts'
import type { RunSettings } from '../config/run-settings.ts'
import type { Host } from './host.ts'
import { MadeDatabases } from './databases.ts'

/** A server apart from production's, of which nobody knows the roles yet. */
export interface EmptyServer extends AsyncDisposable {
  readonly confinement: Confinement
  readonly databases: MadeDatabases
  readonly proxy: ServerProxy
  /** Where its socket is. */
  readonly host: string
  readonly superuser: Connection
  readonly keep: Host['keep']
}

/**
 * Starts a server from which production cannot be seen, whose directory must be there already. Its passwords exist in no
 * other cluster.
 */
export async function startEmptyServer(
  run: Pick<RunSettings, 'installation' | 'signal' | 'config' | 'runDirectory' | 'note'>,
  production: string,
): Promise<EmptyServer> {
  const { installation, signal, config, runDirectory } = run
  const parts = new Cleanup()
  try {
    const directory = join(runDirectory, 'clone')
    const forgets = [parts.defer('its directory', () => removeDirectory(directory))]
    const password = await copyBareCluster(run, directory)
    const confinement = parts.own(
      'what keeps psql in',
      await findConfinement([production, cacheDirectory()].filter(isAbsolute), {
        clientsWrite: mayWriteFiles(config.release.allows),
      }),
    )
    const cluster = await startCluster(installation, directory, password, {
      signal,
      confine: confinement.server,
    })
    forgets.push(parts.defer('its process', () => cluster.stop()))
    const superuser = await replacePassword(cluster.superuser)
    const databases = parts.own(
      'the session that makes databases',
      new MadeDatabases(superuser, runDirectory, { marksEach: false }),
    )
    await databases.markServer()
    const proxy = parts.own(
      'the proxy to it',
      await openProxy(superuser, join(runDirectory, 'proxy'), (name) => databases.names.has(name)),
    )
    return {
      confinement,
      databases,
      proxy,
      host: directory,
      superuser,
      keep() {
        for (const forget of forgets) forget()
        cluster.release()
        return [basename(directory)]
      },
      [Symbol.asyncDispose]: () => parts[Symbol.asyncDispose](),
    }
  } catch (error) {
    await parts[Symbol.asyncDispose]()
    throw error
  }
}

/** Makes a server apart from production's the clone's, with production's roles. */
export async function openLocalHost(
  run: RunSettings,
  server: EmptyServer,
  production: Connection,
): Promise<Host> {
  const { confinement, databases, proxy, host, superuser, keep } = server
  return {
    ...(await letIn(run, { production, superuser, proxy })),
    isOwn: true,
    confinement,
    databases,
    host,
    superuser,
    async drop() {
      await server[Symbol.asyncDispose]()
      return (await isThere(host)) ? ['the directory of its server'] : []
    },
    keep,
  }
}

async function replacePassword(connection: Connection): Promise<Connection> {
  const password = makePassword()
  await using session = await openSession(connection)
  const user = quoteIdentifier(connection.user)
  await session.rows(`ALTER ROLE ${user} PASSWORD ${quoteLiteral(password)}`)
  return { ...connection, password }
}

/** Gives the server production's roles, and those that get in their passwords. */
async function letIn(
  { config, signal }: RunSettings,
  { production, superuser, proxy }: { production: Connection; superuser: Connection; proxy: ServerProxy },
): Promise<Pick<Host, 'reader' | 'releaseRole' | 'restore'>> {
  const { clone } = config
  const { owner } = config.production
  const passwords = { owner: makePassword(), reader: makePassword() }
  await using session = await openSession(superuser)
  await createReader(session, passwords.reader)
  await session.rows(`CREATE ROLE ${quoteIdentifier(owner)} LOGIN PASSWORD ${quoteLiteral(passwords.owner)}`)
  await copyRoles(production, superuser, owner)
  const asOwner = { ...superuser, user: owner, password: passwords.owner }
  return {
    releaseRole: { ...asOwner, host: proxy.host },
    reader: { ...superuser, user: readerName, password: passwords.reader },
    async restore(database, work) {
      // Who owns what is brought over afterwards; without that, all of it belongs to who restored it.
      if (clone.privileges !== false) return work({ ...superuser, database })
      await using administrator = await openSession(superuser)
      // Event triggers and others' rows need a superuser; an ordinary role again, whatever comes of it.
      await administrator.rows(`ALTER ROLE ${quoteIdentifier(owner)} SUPERUSER`)
      try {
        await work({ ...asOwner, database })
      } finally {
        // After an abort the server is being shut down, and takes no command.
        if (!signal.aborted) await administrator.rows(`ALTER ROLE ${quoteIdentifier(owner)} NOSUPERUSER`)
      }
    },
  }
}

function removeDirectory(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 3 })
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  )
}
