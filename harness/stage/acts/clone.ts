import { tellCarried } from '../../clone/carried.ts'
import { databaseBytes, freeBytes, requireDisk } from '../../clone/disk.ts'
import { streamClone } from '../../clone/dump-restore.ts'
import { readDatabase } from '../../clone/overlay/database.ts'
import { releaseSnapshot } from '../../fingerprint/readers.ts'
import { sealDatabase } from '../../clone/seal/seal.ts'
import { copyPrivileges } from '../../clone/overlay/overlay.ts'
import { observeActivity } from '../../isolation/activity.ts'
import { readIdentity, refuseProduction } from '../../isolation/identity.ts'
import { readerName } from '../../isolation/reader.ts'
import { readRolePowers } from '../../isolation/role-powers.ts'
import { rowCounts, takeSnapshot } from '../../measure/snapshot.ts'
import type { Connection } from '../../postgres/connection.ts'
import { openSession, quoteIdentifier } from '../../postgres/session.ts'
import {
  cloneServer,
  createDatabase,
  openCloneReaders,
  withoutClones,
  type CloneServer,
} from '../clones/clone-server.ts'
import type { RestoredDump } from '../../compare/compare-dump.ts'
import { describeDifferences } from '../../compare/describe-differences.ts'
import { ownDatabases } from '../clones/own-databases.ts'
import { findSealedTables } from '../../compare/find-sealed.ts'
import { required, type Outcome, type World } from '../world.ts'
import { withoutOwn } from '../read-clone.ts'

/**
 * Streams production into a cluster of the clone's own, and seals what was restored; the clone must equal production,
 * content and definitions, but for what a dump does not carry and sealing takes away.
 */
export async function performClone(world: World): Promise<Outcome> {
  const { config, installation, signal, tell, cleanup } = world
  const production = required(world.production, 'production')
  const productionBytes = await databaseBytes(production.readers.leader)
  await requireDisk(world.runDirectory, productionBytes)
  const freeBytesBefore = await freeBytes(world.runDirectory)

  const server = await cloneServer(world)
  const { shipper, reader, superuser } = await createDatabase(world, server, config.clone.database)
  const identity = await withSession(superuser, readIdentity)
  refuseProduction(production.identity, identity, server.isOwn)
  tellServer(world)

  tell(`pg_dump ${config.production.database} | psql ${config.clone.database}`)
  await server.restore(config.clone.database, (target) =>
    streamClone({
      installation,
      source: production.reader,
      target,
      snapshot: production.snapshotName,
      signal,
    }),
  )
  tell('sealing the clone')
  const seal = await sealDatabase(production.reader, superuser)
  const { overlay = true } = config.clone
  if (overlay) {
    tell('owners, grants and settings')
    await copyPrivileges(installation, production.reader, superuser, { signal, comment: server.isOwn })
  }
  tell('gathering statistics on the clone')
  await withSession(superuser, (session) => session.rows('ANALYZE'))
  tell('keeping a copy of the clone as it was made')
  await keepEntry(server, config.clone.database)

  // The release's views are evaluated with the rights of who reads them: a superuser would lend it all of them.
  const readers = cleanup.own(
    'the sessions in the clone',
    await openCloneReaders(server, config.clone.database),
  )
  const entryReaders = cleanup.own(
    'the sessions in the copy of the clone',
    await openCloneReaders(server, ownDatabases.entry, { asSuperuser: false }),
  )
  const entry = withoutOwn(
    world,
    await takeSnapshot(readers, { measures: config.measures, place: 'elsewhere' }),
  )
  world.clone = {
    readers,
    reader,
    server,
    shipper,
    superuser,
    settings: await withSession(superuser, (session) => readDatabase(session, config.clone.database)),
    sealedColumns: seal.columns,
    entry: { readers: entryReaders, fingerprint: entry.fingerprint },
  }
  world.entry = world.latest = entry
  const { activity, problems: unquiet } = await lookAgain(world)
  const powers = await readRolePowers(readers.leader, config.production.owner)
  const ownPowers = await readRolePowers(production.readers.leader, config.production.owner)
  const dump: RestoredDump = {
    privileges: overlay,
    carried: [],
    databases: [config.production.database, config.clone.database],
    isMarked: !server.isOwn,
    sealed: await findSealedTables(production, { readers, snapshot: entry }, seal),
  }
  return {
    status: 'performed',
    problems: [
      ...unquiet,
      ...entry.contradictions,
      ...(await describeDifferences('production', production.snapshot, 'the clone', entry, {
        dump,
      })),
      ...powers
        .filter((power) => !ownPowers.includes(power))
        .map((power) => `the role that ships the release may ${power} on the clone, and not in production`),
    ],
    change: { before: production.snapshot.figures, after: entry.figures },
    facts: {
      database: config.clone.database,
      productionBytes,
      cloneBytes: await databaseBytes(readers.leader),
      freeBytesBefore,
      freeBytesAfter: await freeBytes(world.runDirectory),
      ownCluster: identity.systemIdentifier !== production.identity.systemIdentifier,
      activity: `${activity.state}, ${activity.by}`,
      tables: rowCounts(entry),
      sealed: [...seal.sealed],
      notCarried: tellCarried(dump.carried),
      shippingRole: powers.map((power) => `the role that ships the release may ${power}`),
      privileges: overlay ? 'compared' : 'not proven: clone.overlay is off',
    },
  }
}

/** A clone on production's own server is said to be the weaker proof, where nobody misses it. */
function tellServer({ config, note }: World): void {
  const { onProductionServer: reason } = config.clone
  if (reason === undefined) return
  note(
    `the clone stood on production's own server, which keeps less in than a server of its own (docs/sealed.md): ${reason}`,
  )
}

/** Lets production go on from the state that was dumped, and reads whether it did. */
async function lookAgain(world: World) {
  const production = required(world.production, 'production')
  const { measures, production: declared } = world.config
  await releaseSnapshot(production.readers)
  const now = withoutClones(
    world,
    await takeSnapshot(production.readers, { measures, place: 'production', earlier: production.snapshot }),
  )
  const changes = await describeDifferences(
    'production at entry',
    production.snapshot,
    'production before the release',
    now,
    { isNext: true },
  )
  const { problems, ...activity } = observeActivity(declared.activity, changes)
  world.production = { ...production, activity }
  return { activity, problems }
}

/** Copies the clone, in which nobody has a session yet, for those alone who read it. */
async function keepEntry({ databases }: CloneServer, database: string): Promise<void> {
  const copy = quoteIdentifier(ownDatabases.entry)
  await databases.copy(database, ownDatabases.entry)
  await databases.run([
    `REVOKE CONNECT ON DATABASE ${copy} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${copy} TO ${quoteIdentifier(readerName)}`,
  ])
}

async function withSession<T>(
  connection: Connection,
  work: (session: Awaited<ReturnType<typeof openSession>>) => Promise<T>,
): Promise<T> {
  await using session = await openSession(connection)
  return await work(session)
}
