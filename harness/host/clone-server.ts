import { openReaders, type Readers } from '../fingerprint/readers.ts'
import type { Reading } from '../measure/reading.ts'
import type { Connection } from '../postgres/connection.ts'
import type { World } from '../stage/world.ts'
import type { MadeDatabases } from './databases.ts'
import { withoutDatabases } from '../comparison/without-databases.ts'
import { startOwnServer } from './local.ts'
import { enterProductionServer } from './beside-production.ts'

/** A role's way into a server, but for the database. */
export type Entrance = Omit<Connection, 'database'>

/** The server on which clones are made, and how to get in. */
export interface CloneServer {
  /** Whether nothing else is on it; else it is production's. */
  readonly isOwn: boolean
  /** Where its socket is. */
  readonly host: string
  /** The superuser on the maintenance database. */
  readonly superuser: Connection
  /** The role that ships the release, by way of the relay: for psql that runs the release. */
  readonly releaseRole: Entrance
  readonly reader: Entrance
  /** What was made on it. */
  readonly databases: MadeDatabases
  /** Runs the restore of a dump into a database, by a role that may make and own all that is in it. */
  restore(database: string, work: (target: Connection) => Promise<void>): Promise<void>
  /** Removes what was made on it, and says what is left of that, one phrase each. */
  drop(): Promise<string[]>
  /** Lets the clone outlive this process; returns what must stay for it in the run's directory. */
  keep(): string[]
}

/** The server of the clone; made when it is first asked for, by whichever of the acts that are performed side by side. */
export async function cloneServer(world: World): Promise<CloneServer> {
  const isOwn = world.config.clone.onProductionServer === undefined
  world.startingCloneServer ??= isOwn ? startOwnServer(world) : enterProductionServer(world)
  return (world.cloneServer = await world.startingCloneServer)
}

/** How to get into a database on the clone's server. */
export interface CloneConnections {
  readonly releaseRole: Connection
  readonly reader: Connection
  readonly superuser: Connection
}

/** Makes an empty database of the release's role on the clone's server, and says how to get in. */
export async function createDatabase(
  { config }: World,
  server: CloneServer,
  database: string,
): Promise<CloneConnections> {
  await server.databases.create(database, config.production.owner)
  return {
    superuser: { ...server.superuser, database },
    releaseRole: { ...server.releaseRole, database },
    reader: { ...server.reader, database },
  }
}

/** Opens sessions that read a database of ours; by `asSuperuser` (default) also those catalogs that only a superuser sees. */
export function openCloneReaders(
  { reader, superuser }: CloneServer,
  database: string,
  { asSuperuser = true } = {},
): Promise<Readers> {
  const administrator = asSuperuser ? { ...superuser, database } : undefined
  return openReaders({ ...reader, database }, administrator, { isShared: true })
}

/**
 * Names the databases that the harness has put beside the clone. Acts that are performed side by side make and drop theirs
 * while another reads the server: whoever reads asks before and after, and counts with both.
 */
export function databasesBeside({ config }: World, { databases }: CloneServer): Set<string> {
  return new Set([...databases.names].filter((name) => name !== config.clone.database))
}

/** What was read of production's server, without what the harness itself has put there. */
export function withoutClones<T extends Pick<Reading, 'fingerprint'>>(
  { cloneServer: server }: World,
  read: T,
): T {
  if (server === undefined || server.isOwn) return read
  const { fingerprint } = read
  const cluster = withoutDatabases(fingerprint.cluster, server.databases.names)
  return { ...read, fingerprint: { ...fingerprint, cluster } }
}

/** Removes the clones, with the server where it is their own; says what is left, one phrase each. */
export async function dropClones(world: World): Promise<string[]> {
  const server = world.cloneServer
  delete world.cloneServer
  delete world.startingCloneServer
  delete world.emptyServer
  delete world.clone
  return (await server?.drop()) ?? []
}
