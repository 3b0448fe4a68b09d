import { readIdentity } from '../../isolation/identity.ts'
import { tryCanaryWrites } from '../../isolation/canary.ts'
import { readerName } from '../../isolation/reader.ts'
import { readRowRelations } from '../../measure/read-catalog.ts'
import { takeSnapshot } from '../../measure/snapshot.ts'
import { openSession, type Session } from '../../postgres/session.ts'
import { startSourceCluster } from '../../prepare/source-cluster.ts'
import type { Outcome, World } from '../world.ts'

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
  const session = await ownSession(world, production)
  const goldenSession = goldenFault === undefined ? await ownSession(world, golden) : undefined

  tell('canary writes')
  const canaries = await tryCanaryWrites(session, await readRowRelations(session))
  tell('measuring production and golden')
  const [snapshot, goldenSnapshot] = await Promise.all([
    takeSnapshot(session, config.measures, 'production'),
    goldenSession && takeSnapshot(goldenSession, config.measures, 'elsewhere'),
  ])
  world.production = { session, reader: production, snapshot, identity: await readIdentity(session) }
  if (goldenSession === undefined || goldenSnapshot === undefined) world.goldenFault = goldenFault
  else world.golden = { session: goldenSession, reader: golden, snapshot: goldenSnapshot, dumpFile: null }
  return {
    status: 'performed',
    problems: snapshot.contradictions,
    change: { before: snapshot.figures, after: snapshot.figures },
    facts: {
      prepareMs,
      reader: readerName,
      canaries: canaries.map((canary) => ({ ...canary })),
      databaseBytes: await databaseBytes(session),
      tables: { ...snapshot.rows },
    },
  }
}

/** Size of the session's database (pg_database_size). */
export async function databaseBytes(session: Session): Promise<number> {
  const [row] = await session.rows('SELECT pg_database_size(current_database()) AS bytes')
  return Number(row?.['bytes'])
}

async function ownSession(world: World, connection: Parameters<typeof openSession>[0]): Promise<Session> {
  return world.cleanup.own(`the session in ${connection.database}`, await openSession(connection))
}
