import { access, rm } from 'node:fs/promises'
import { basename, isAbsolute, join } from 'node:path'
import { Cleanup } from '../../cleanup.ts'
import { initialiseCluster, makePassword, startCluster, type Cluster } from '../../cluster/cluster.ts'
import { findConfinement } from '../../confine/confinement.ts'
import { openRelay, type Relay } from '../../confine/relay.ts'
import { copyRoles } from '../../clone/overlay/overlay.ts'
import { cacheDirectory } from '../../prepare/cache-entries.ts'
import { createReader, readerName } from '../../isolation/reader.ts'
import { openSession, quoteIdentifier, quoteLiteral } from '../../postgres/session.ts'
import { mayWriteFiles } from '../../release/ways-out/way-names.ts'
import { required, type World } from '../world.ts'
import type { CloneServer } from './clone-server.ts'
import { MadeDatabases } from './databases.ts'

/**
 * Starts a server apart from production's, with production's roles, from which production cannot be seen. Its passwords
 * exist in no other cluster.
 */
export async function startOwnServer(world: World): Promise<CloneServer> {
  const parts = world.cleanup.own('the server of the clone', new Cleanup())
  try {
    return await startWithin(world, parts)
  } catch (error) {
    await parts[Symbol.asyncDispose]()
    throw error
  }
}

async function startWithin(world: World, parts: Cleanup): Promise<CloneServer> {
  const { installation, signal, config } = world
  const directory = join(world.runDirectory, 'clone')
  const forgets = [parts.defer('its directory', () => removeDirectory(directory))]
  const password = makePassword()
  await initialiseCluster(installation, directory, password, signal)
  const production = required(world.production, 'production')
  const confinement = (world.confinement = await findConfinement(
    [production.reader.host, cacheDirectory()].filter(isAbsolute),
    { clientsWrite: mayWriteFiles(config.release.allows) },
  ))
  const cluster = await startCluster(installation, directory, password, {
    signal,
    confine: confinement.server,
  })
  forgets.push(parts.defer('its process', () => cluster.stop()))
  const databases = new MadeDatabases(cluster.superuser, world.runDirectory, { marksEach: false })
  await databases.markServer()
  const relay = parts.own(
    'the relay to it',
    await openRelay(cluster.superuser, join(world.runDirectory, 'relay'), (name) =>
      databases.names.has(name),
    ),
  )
  return {
    ...(await letIn(world, cluster, relay)),
    isOwn: true,
    databases,
    host: directory,
    superuser: cluster.superuser,
    async drop() {
      await parts[Symbol.asyncDispose]()
      return (await isThere(directory)) ? ['the directory of its server'] : []
    },
    keep() {
      for (const forget of forgets) forget()
      cluster.release()
      return [basename(directory)]
    },
  }
}

/** Gives the server production's roles, and those that get in their passwords. */
async function letIn(
  { config, signal, production }: World,
  { superuser }: Cluster,
  { host }: Relay,
): Promise<Pick<CloneServer, 'reader' | 'shipper' | 'restore'>> {
  const { owner } = config.production
  const passwords = { owner: makePassword(), reader: makePassword() }
  await using session = await openSession(superuser)
  await createReader(session, passwords.reader)
  await session.rows(`CREATE ROLE ${quoteIdentifier(owner)} LOGIN PASSWORD ${quoteLiteral(passwords.owner)}`)
  await copyRoles(required(production, 'production').reader, superuser, owner)
  const asOwner = { ...superuser, user: owner, password: passwords.owner }
  return {
    shipper: { ...asOwner, host },
    reader: { ...superuser, user: readerName, password: passwords.reader },
    async restore(database, work) {
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
