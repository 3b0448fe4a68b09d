import type { ClusterFault } from '../comparison/set-cluster-back.ts'
import type { RehearsalConfig } from '../config/rehearsal.ts'
import type { Catalog } from '../fingerprint/catalog/catalog-object.ts'
import type { Identity } from '../production-access/identity.ts'
import type { RunSettings } from '../source/run-settings.ts'
import type { Entrance, Source } from '../source/source.ts'
import { withoutDatabases } from '../comparison/without-databases.ts'
import type { Confinement } from '../confinement/confinement.ts'
import type { SteppedRun } from '../executor/leg.ts'
import { openReaders, type Readers } from '../fingerprint/readers.ts'
import type { EntryCopy } from '../fingerprint/row-diffs.ts'
import type { Reading } from '../measure/reading.ts'
import type { Connection } from '../postgres/connection.ts'
import type { MadeDatabases } from './databases.ts'

/** What a host can do beyond handing over a clone; an act that needs more is not shown. */
export interface HostCapabilities {
  /** Further clones, each as the first one was made. */
  readonly freshCopies: boolean
  /** The server and psql are kept from reaching production, so that the attempt to reach it shows something. */
  readonly sealing: boolean
}

/** A place for clones. */
export interface HostKind {
  readonly id: string
  readonly can: HostCapabilities
  matches(config: RehearsalConfig): boolean
  /** Begins to start it, beside the source; it must not need production yet. Default: nothing. */
  begin?(settings: RunSettings): void
  /** Opens it, with production's roles. */
  open(settings: RunSettings, source: Source, production: Connection): Promise<Host>
}

/** The server on which clones are made, and how to get in. */
export interface Host {
  /** Where the socket of its own server is; undefined where the server is production's. */
  readonly ownSocket: string | undefined
  /** By which psql reaches small databases of the harness's own. */
  readonly scratch: Entrance
  /** The superuser on the maintenance database. */
  readonly superuser: Connection
  /** The release role, through the proxy: for psql that runs the release. */
  readonly releaseRole: Entrance
  readonly reader: Entrance
  /** What the server, and psql on it, cannot get out of. */
  readonly confinement: Confinement
  /** What was made on it. */
  readonly databases: MadeDatabases
  /** The clone that has the clone's name now. */
  occupant?: Clone
  /** Whether the clone is there, filled, when the host is opened: nothing is restored. Default: false. */
  readonly isFilled?: boolean
  /** Runs the restore of a dump into a database, by a role that may make and own all that is in it. */
  restore(database: string, work: (target: Connection) => Promise<void>): Promise<void>
  /** Throws CLONE_FAILED for a database that stands where no clone may; that it is not production is checked before. */
  refuse(production: Identity, clone: Identity): void
  /** Takes back what a release has changed beyond its database, and returns what could not be. */
  resetCluster(
    superuser: Connection,
    entry: Catalog,
    beside: () => ReadonlySet<string>,
  ): Promise<ClusterFault[]>
  /** What was read of production's server, without what the harness itself has put there. */
  withoutOwn(cluster: Catalog): Catalog
  /** Removes what was made on it, and says what is left of that, one phrase each. */
  drop(): Promise<string[]>
  /** Lets the clone outlive this process; returns what must stay for it in the run's directory. */
  keep(): string[]
}

/** A database as the harness reads it: sessions of its own, and how a spec's query gets in. */
export interface ReadDatabase {
  readonly readers: Readers
  readonly reader: Connection
}

/** A copy of production on which the release runs. */
export interface Clone extends ReadDatabase {
  readonly host: Host
  /** The release role, through the proxy. */
  readonly releaseRole: Connection
  readonly superuser: Connection
  /** Statements that give a copy of the clone what the clone has as a whole, as it was when it was made. */
  readonly settings: readonly string[]
  /** Columns (`table.column`) that were set to blank it. */
  readonly blankedColumns: readonly string[]
  /** The clone as it was when it was made, beside it, and as it was read then. */
  readonly entry: EntryCopy & { readonly reading: Reading }
  /** The clone as it was read last. */
  latest: Reading
  /** psql, which steps through the release, once it was started. */
  psql?: SteppedRun
}

/** Ways into one database of a host. */
export interface CloneConnections {
  readonly releaseRole: Connection
  readonly reader: Connection
  readonly superuser: Connection
}

/** Creates an empty database of the release's role on the clone's server, and says how to get in. */
export async function createDatabase(host: Host, database: string): Promise<CloneConnections> {
  await host.databases.create(database, host.releaseRole.user)
  return connectionsTo(host, database)
}

/** How to get into a database on the clone's server. */
export function connectionsTo(host: Host, database: string): CloneConnections {
  return {
    superuser: { ...host.superuser, database },
    releaseRole: { ...host.releaseRole, database },
    reader: { ...host.reader, database },
  }
}

/**
 * Opens sessions that read one of the run's databases; with `asSuperuser` (default) also catalogs that only a superuser
 * may read.
 */
export function openCloneReaders(
  { reader, superuser }: Host,
  database: string,
  { asSuperuser = true } = {},
): Promise<Readers> {
  const administrator = asSuperuser ? { ...superuser, database } : undefined
  return openReaders({ ...reader, database }, administrator, { isShared: true })
}

/**
 * Reads the clone without the databases that the harness has put beside it. Acts that are performed side by side make
 * and drop theirs while another reads the server: databases that existed before or after the reading are left out.
 */
export async function readIgnoringOwn(
  host: Host,
  clone: string,
  read: () => Promise<Reading>,
): Promise<Reading> {
  const before = namesBeside(host, clone)
  const reading = await read()
  const { fingerprint } = reading
  const beside = new Set([...before, ...namesBeside(host, clone)])
  return {
    ...reading,
    fingerprint: { ...fingerprint, cluster: withoutDatabases(fingerprint.cluster, beside) },
  }
}

/** Names the databases that the harness has put beside the clone. */
export function namesBeside({ databases }: Host, clone: string): Set<string> {
  return new Set([...databases.names].filter((name) => name !== clone))
}

/** What was read of production's server, without what the harness itself has put there. */
export function withoutClones<T extends Pick<Reading, 'fingerprint'>>(host: Host | undefined, read: T): T {
  if (host === undefined) return read
  const { fingerprint } = read
  return { ...read, fingerprint: { ...fingerprint, cluster: host.withoutOwn(fingerprint.cluster) } }
}
