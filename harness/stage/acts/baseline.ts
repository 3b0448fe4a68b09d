import { readIdentity, refuseSame } from '../../isolation/identity.ts'
import { tryCanaryWrites } from '../../isolation/canary.ts'
import { readerName } from '../../isolation/reader.ts'
import { readWriteCounters } from '../../isolation/write-counters.ts'
import { readDataRelations } from '../../fingerprint/content/relations.ts'
import { openReaders, type Readers } from '../../fingerprint/readers.ts'
import { countCompared, rowCounts, takeSnapshot } from '../../measure/snapshot.ts'
import type { Connection } from '../../postgres/connection.ts'
import type { Session } from '../../postgres/session.ts'
import { startSourceCluster } from '../../prepare/source-cluster.ts'
import { required, type Outcome, type World } from '../world.ts'

/**
 * Brings production and golden up, and reads them as they stand at entry, through a role that may not write. That it
 * may not is shown by canary writes.
 */
export async function performBaseline(world: World): Promise<Outcome> {
  const { config, cleanup, tell } = world
  const start = performance.now()
  const { cluster, readerPassword, goldenFault } = await startSourceCluster(world)
  cleanup.defer('the server of production', () => cluster.stop())
  const prepareMs = Math.round(performance.now() - start)

  const reader = (database: string) => ({
    ...cluster.superuser,
    user: readerName,
    password: readerPassword,
    database,
  })
  const [production, golden] = [reader(config.production.database), reader(config.golden.database)]
  const readers = await ownReaders(world, production)
  const goldenReaders = goldenFault === undefined ? await ownReaders(world, golden) : undefined
  const identity = await readIdentity(readers.leader)
  if (goldenReaders !== undefined) refuseSame(identity, await readIdentity(goldenReaders.leader))

  tell('canary writes')
  const canaries = await tryCanaryWrites(readers.leader, await readDataRelations(readers.leader))
  tell('measuring production and golden')
  let snapshotName: string | undefined
  const [snapshot, goldenSnapshot] = await Promise.all([
    takeSnapshot(readers, {
      measures: config.measures,
      place: 'production',
      keep: (name) => {
        snapshotName = name
      },
    }),
    goldenReaders && takeSnapshot(goldenReaders, { measures: config.measures, place: 'elsewhere' }),
  ])
  world.production = {
    readers,
    reader: production,
    snapshot,
    snapshotName: required(snapshotName, 'exported snapshot'),
    identity,
    counters: await readWriteCounters(readers.leader),
  }
  if (goldenReaders === undefined || goldenSnapshot === undefined) world.goldenFault = goldenFault
  else world.golden = { readers: goldenReaders, reader: golden, snapshot: goldenSnapshot, dumpFile: null }
  return {
    status: 'performed',
    problems: snapshot.contradictions,
    change: { before: snapshot.figures, after: snapshot.figures },
    facts: {
      prepareMs,
      reader: readerName,
      canaries: canaries.map((canary) => ({ ...canary })),
      databaseBytes: await databaseBytes(readers.leader),
      tables: rowCounts(snapshot),
      compared: countCompared(snapshot),
    },
  }
}

/** Size of the session's database (pg_database_size). */
export async function databaseBytes(session: Session): Promise<number> {
  const [row] = await session.rows('SELECT pg_database_size(current_database()) AS bytes')
  return Number(row?.['bytes'])
}

async function ownReaders(world: World, connection: Connection): Promise<Readers> {
  return world.cleanup.own(`the sessions in ${connection.database}`, await openReaders(connection))
}
