import { databaseBytes, freeBytes, requireDisk } from '../host/dump/disk.ts'
import { streamClone } from '../host/dump/dump-restore.ts'
import { readDatabase } from '../host/privileges/database.ts'
import { readerName } from '../production-access/reader.ts'
import { readRolePowers } from '../production-access/role-powers.ts'
import { rowCounts, takeReading } from '../measure/reading.ts'
import type { Connection } from '../postgres/connection.ts'
import { openSession, quoteIdentifier } from '../postgres/session.ts'
import { openCloneReaders, type CloneServer } from '../host/clone-server.ts'
import { compareRestored, restoreBlanked } from '../host/restore-blanked.ts'
import { ownDatabases } from '../host/own-databases.ts'
import { required, type Outcome, type World } from '../stage/world.ts'
import { recheckProduction } from './common/recheck-production.ts'
import { readIgnoringOwn } from './common/read-clone.ts'

/**
 * Streams production to the clone's server, and seals what was restored; the clone must equal production,
 * content and definitions, but for what a dump does not carry and blanking takes away.
 */
export async function performClone(world: World): Promise<Outcome> {
  const { config, installation, signal, reportProgress, cleanup } = world
  const production = required(world.production, 'production')
  const productionBytes = await databaseBytes(production.readers.leader)
  await requireDisk(world.runDirectory, productionBytes)
  const freeBytesBefore = await freeBytes(world.runDirectory)

  const { database } = config.clone
  reportProgress(`pg_dump ${config.production.database} | psql ${database}`)
  const restored = await restoreBlanked(world, production.reader, database, (target) =>
    streamClone({
      installation,
      source: production.reader,
      target,
      snapshot: production.snapshotName,
      signal,
    }),
  )
  const { server, releaseRole, reader, superuser, blanking, identity } = restored
  reportProgress('gathering statistics on the clone')
  await withSession(superuser, (session) => session.rows('ANALYZE'))
  reportProgress('keeping a copy of the clone as it was made')
  await keepEntry(server, database)

  // The release's views are evaluated with the rights of who reads them: a superuser would lend it all of them.
  const [readers, entryReaders] = await Promise.all([
    cleanup.ownStarting('the sessions in the clone', openCloneReaders(server, database)),
    cleanup.ownStarting(
      'the sessions in the copy of the clone',
      openCloneReaders(server, ownDatabases.entry, { asSuperuser: false }),
    ),
  ])
  const entry = await readIgnoringOwn(world, () =>
    takeReading(readers, { measures: config.measures, place: 'elsewhere' }),
  )
  world.clone = {
    readers,
    reader,
    server,
    releaseRole,
    superuser,
    settings: await withSession(superuser, (session) => readDatabase(session, database)),
    blankedColumns: blanking.columns,
    entry: { readers: entryReaders, fingerprint: entry.fingerprint },
  }
  world.entry = world.latest = entry
  // Whoever measures production's server as a whole would see the sessions of the other act.
  await world.asideSettled(['golden-backup'])
  const { activity, problems: unquiet } = await recheckProduction(world)
  const powers = await readRolePowers(readers.leader, config.production.owner)
  const ownPowers = await readRolePowers(production.readers.leader, config.production.owner)
  const compared = await compareRestored(
    world,
    restored,
    { ...production, name: 'production', database: config.production.database },
    { readers, reading: entry, name: 'the clone', database },
  )
  return {
    status: 'performed',
    problems: [
      ...unquiet,
      ...entry.contradictions,
      ...compared.differences,
      ...powers
        .filter((power) => !ownPowers.includes(power))
        .map((power) => `the role that ships the release may ${power} on the clone, and not in production`),
    ],
    change: { before: production.reading.figures, after: entry.figures },
    facts: {
      database,
      productionBytes,
      cloneBytes: await databaseBytes(readers.leader),
      freeBytesBefore,
      freeBytesAfter: await freeBytes(world.runDirectory),
      ownCluster: identity.systemIdentifier !== production.identity.systemIdentifier,
      activity: `${activity.state}, ${activity.by}`,
      tables: rowCounts(entry),
      ...compared.facts,
      releaseRole: powers.map((power) => `the role that ships the release may ${power}`),
    },
  }
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
