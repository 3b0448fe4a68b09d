import { rm } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { initialiseCluster, makePassword, startCluster, type Cluster } from '../../cluster/cluster.ts'
import { findConfinement } from '../../confine/confinement.ts'
import { openRelay, type Relay } from '../../confine/relay.ts'
import { copyRoles } from '../../clone/overlay/overlay.ts'
import { cacheDirectory } from '../../prepare/cache-entries.ts'
import { createReader, readerName } from '../../isolation/reader.ts'
import { openSession, quoteIdentifier, quoteLiteral } from '../../postgres/session.ts'
import type { Connection } from '../../postgres/connection.ts'
import { markCluster } from './mark.ts'
import { mayWriteFiles } from '../../release/ways-out/way-names.ts'
import { required, type World } from '../world.ts'

/** How the clone's own roles get in; their passwords exist in no other cluster. */
const entrances = new WeakMap<Cluster, { owner: string; reader: string; relay: Relay }>()

/** The cluster of the clone, apart from production's, with production's roles; made when it is first asked for. */
export async function cloneCluster(world: World): Promise<Cluster> {
  if (world.cloneCluster) return world.cloneCluster
  const directory = join(world.runDirectory, 'clone')
  const password = makePassword()
  await initialiseCluster(world.installation, directory, password, world.signal)
  const production = required(world.production, 'production')
  const hidden = [production.reader.host, cacheDirectory()].filter(isAbsolute)
  const clientsWrite = mayWriteFiles(world.config.release.allows)
  world.confinement = await findConfinement(hidden, { clientsWrite })
  const { installation, signal, confinement } = world
  const cluster = await startCluster(installation, directory, password, { signal, confinement })
  world.cleanup.defer('the server of the clone', () =>
    world.cloneCluster === undefined ? undefined : dropCloneCluster(world),
  )
  world.cloneCluster = cluster
  const relay = await openRelay(cluster.superuser, join(world.runDirectory, 'relay'))
  world.cleanup.own('the relay to the clone', relay)
  const own = { owner: makePassword(), reader: makePassword(), relay }
  entrances.set(cluster, own)
  await using session = await openSession(cluster.superuser)
  await markCluster(session, world.runDirectory)
  await createReader(session, own.reader)
  await session.rows(
    `CREATE ROLE ${quoteIdentifier(world.config.production.owner)} LOGIN PASSWORD ${quoteLiteral(own.owner)}`,
  )
  await copyRoles(production.reader, cluster.superuser, world.config.production.owner)
  return cluster
}

/** How to get into a database of the clone's cluster. */
export interface CloneConnections {
  readonly owner: Connection
  /** As its owner, by way of the relay: for psql that runs the release. */
  readonly shipper: Connection
  readonly reader: Connection
  readonly superuser: Connection
}

/** Makes an empty database of the release's role in the clone's cluster, and says how to get in. */
export async function createDatabase(
  world: World,
  cluster: Cluster,
  database: string,
): Promise<CloneConnections> {
  const { owner } = world.config.production
  await using session = await openSession(cluster.superuser)
  await session.rows(
    `CREATE DATABASE ${quoteIdentifier(database)} OWNER ${quoteIdentifier(owner)} TEMPLATE template0`,
  )
  const own = entrances.get(cluster)!
  const superuser = { ...cluster.superuser, database }
  const asOwner = { ...superuser, user: owner, password: own.owner }
  return {
    superuser,
    owner: asOwner,
    shipper: { ...asOwner, host: own.relay.host },
    reader: { ...superuser, user: readerName, password: own.reader },
  }
}

/**
 * Lets the release's role restore a dump: as a superuser, since event triggers and others' rows need one, and as an
 * ordinary role again whatever comes of it.
 */
export async function asSuperuser(
  world: World,
  cluster: Cluster,
  restore: () => Promise<void>,
): Promise<void> {
  const owner = quoteIdentifier(world.config.production.owner)
  await using session = await openSession(cluster.superuser)
  await session.rows(`ALTER ROLE ${owner} SUPERUSER`)
  try {
    await restore()
  } finally {
    // After an abort the server is being shut down, and takes no command.
    if (!world.signal.aborted) await session.rows(`ALTER ROLE ${owner} NOSUPERUSER`)
  }
}

/** Stops the clone's server and removes its directory, and with it every database in it. */
export async function dropCloneCluster(world: World): Promise<void> {
  const cluster = world.cloneCluster
  if (cluster === undefined) return
  await cluster.stop()
  await rm(cluster.directory, { recursive: true, force: true, maxRetries: 3 })
  delete world.cloneCluster
  delete world.clone
}
