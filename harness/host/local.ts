import { access, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Cleanup } from '../process/cleanup.ts'
import { makePassword, replacePassword, startCluster, type Cluster } from '../cluster/cluster.ts'
import type { Confinement } from '../confinement/confinement.ts'
import { openProxy, type ServerProxy } from '../confinement/proxy.ts'
import { copyRoles } from '../restore/privileges/privileges.ts'
import { copyBareCluster } from '../cache/bare-cluster.ts'
import { createReader, readerName } from '../production-access/reader.ts'
import type { Connection } from '../postgres/connection.ts'
import { openSession, quoteIdentifier, quoteLiteral } from '../postgres/session.ts'
import type { RunSettings } from '../source/run-settings.ts'
import { setClusterBack } from '../comparison/set-cluster-back.ts'
import { refuseSameServer } from '../production-access/identity.ts'
import type { Host, HostKind } from './host.ts'
import { MadeDatabases } from './databases.ts'
import { confineServer, type ServerName } from '../confinement/server-directories.ts'

/** A server apart from production's, of which nobody knows the roles yet. */
export interface EmptyServer extends AsyncDisposable {
  readonly confinement: Confinement
  readonly databases: MadeDatabases
  readonly proxy: ServerProxy
  readonly superuser: Connection
  readonly keep: Host['keep']
}

/** Starts a server from which no other of the run can be seen. Its passwords exist in no other cluster. */
export async function startEmptyServer(
  run: Pick<RunSettings, 'installation' | 'signal' | 'config' | 'runDirectory' | 'note'>,
  name: ServerName,
): Promise<EmptyServer> {
  const { installation, signal, runDirectory } = run
  const parts = new Cleanup()
  try {
    const directory = join(runDirectory, name)
    const forgets = [parts.defer('its directory', () => removeDirectory(directory))]
    const password = await copyBareCluster(run, directory)
    const confinement = parts.own('the confinement of psql', await confineServer(run, name))
    const cluster = await startCluster(installation, directory, password, {
      signal,
      confine: confinement.server,
    })
    forgets.push(parts.defer('its process', () => cluster.stop()))
    const superuser = await renewSuperuser(cluster)
    const databases = parts.own(
      'the session that creates databases',
      new MadeDatabases(superuser, runDirectory, { marksEach: false }),
    )
    await databases.markServer()
    const proxy = parts.own(
      'the proxy to it',
      await openProxy(superuser, join(runDirectory, `${name}-proxy`), (database) =>
        databases.names.has(database),
      ),
    )
    return {
      confinement,
      databases,
      proxy,
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

const starting = new WeakMap<Cleanup, Promise<EmptyServer>>()

/** A throw-away server of the machine's own PostgreSQL, apart from production's. */
export const local: HostKind = {
  id: 'local',
  can: { freshCopies: true, sealing: true },
  matches: () => true,
  begin(settings) {
    const server = settings.cleanup.ownStarting(
      'the server of the clone',
      startEmptyServer(settings, 'clone'),
    )
    // Whoever opens the host gets the fault.
    server.catch(() => undefined)
    starting.set(settings.cleanup, server)
  },
  async open(settings, _source, production) {
    return openLocalHost(settings, await starting.get(settings.cleanup)!, production)
  },
}

/** Gives a server the roles of the source's, and those that get in their passwords: dumps of the source can be restored there. */
export async function openLocalHost(
  { config, signal }: RunSettings,
  server: EmptyServer,
  source: Connection,
): Promise<Host> {
  const { confinement, databases, proxy, superuser, keep } = server
  const { owner } = config.production
  const passwords = { owner: makePassword(), reader: makePassword() }
  await using session = await openSession(superuser)
  await createReader(session, passwords.reader)
  await session.rows(`CREATE ROLE ${quoteIdentifier(owner)} LOGIN PASSWORD ${quoteLiteral(passwords.owner)}`)
  await copyRoles(source, superuser, owner)
  const asOwner = { ...superuser, user: owner, password: passwords.owner }
  return {
    confinement,
    databases,
    ownSocket: superuser.host,
    superuser,
    scratch: superuser,
    releaseRole: { ...asOwner, host: proxy.host },
    reader: { ...superuser, user: readerName, password: passwords.reader },
    async restore(database, work) {
      // Who owns what is brought over afterwards; without that, all of it belongs to who restored it.
      if (config.clone.privileges !== false) return work({ ...superuser, database })
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
    refuse: refuseSameServer,
    resetCluster: setClusterBack,
    withoutOwn: (cluster) => cluster,
    async drop() {
      await server[Symbol.asyncDispose]()
      return (await isThere(superuser.host)) ? ['the directory of its server'] : []
    },
    keep,
  }
}

async function renewSuperuser({ superuser }: Cluster): Promise<Connection> {
  await using session = await openSession(superuser)
  return { ...superuser, password: await replacePassword(session, superuser.user) }
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
