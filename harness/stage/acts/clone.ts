import { freeBytes, requireDisk } from '../../clone/disk.ts'
import { streamClone } from '../../clone/dump-restore.ts'
import { copyPrivileges } from '../../clone/overlay/overlay.ts'
import { comparePrivileges } from '../../clone/overlay/read-privileges.ts'
import { readIdentity, refuseProduction } from '../../isolation/identity.ts'
import { takeSnapshot } from '../../measure/snapshot.ts'
import type { Connection } from '../../postgres/connection.ts'
import { openSession } from '../../postgres/session.ts'
import { asSuperuser, cloneCluster, createDatabase } from '../clone-cluster.ts'
import { describeDifferences } from '../describe-differences.ts'
import { required, type Outcome, type World } from '../world.ts'
import { databaseBytes } from './baseline.ts'

/** Streams production into a cluster of the clone's own; the clone must equal it in measures, rows, sequences and objects. */
export async function performClone(world: World): Promise<Outcome> {
  const { config, installation, signal, tell, cleanup } = world
  const production = required(world.production, 'production')
  const productionBytes = await databaseBytes(production.session)
  await requireDisk(world.runDirectory, productionBytes)
  const freeBytesBefore = await freeBytes(world.runDirectory)

  const cluster = await cloneCluster(world)
  const { owner, reader, superuser } = await createDatabase(world, cluster, config.clone.database)
  // The release's views are evaluated with the rights of who reads them: a superuser would lend it all of them.
  const session = cleanup.own('the session in the clone', await openSession(reader))
  const identity = await readIdentity(session)
  refuseProduction(production.identity, identity, owner)

  tell(`pg_dump ${config.production.database} | psql ${config.clone.database}`)
  await asSuperuser(world, cluster, () =>
    streamClone({ installation, source: production.reader, target: owner, signal }),
  )
  const { overlay = true } = config.clone
  if (overlay) {
    tell('owners, grants and settings')
    await copyPrivileges(installation, production.reader, superuser, signal)
  }
  tell('gathering statistics on the clone')
  await gatherStatistics(superuser)
  world.clone = { session, reader, cluster, owner, freeBytesBefore }
  world.entry = world.latest = await takeSnapshot(session, config.measures, 'elsewhere')
  return {
    status: 'performed',
    problems: [
      ...world.entry.contradictions,
      ...describeDifferences('production', production.snapshot, 'the clone', world.entry),
      ...(overlay ? await comparePrivileges(['production', production.session], ['the clone', session]) : []),
    ],
    change: { before: production.snapshot.figures, after: world.entry.figures },
    facts: {
      database: config.clone.database,
      productionBytes,
      cloneBytes: await databaseBytes(session),
      freeBytesBefore,
      freeBytesAfter: await freeBytes(world.runDirectory),
      ownCluster: identity.systemIdentifier !== production.identity.systemIdentifier,
      privileges: overlay ? 'compared' : 'not proven: clone.overlay is off',
      tables: { ...world.entry.rows },
    },
  }
}

async function gatherStatistics(superuser: Connection): Promise<void> {
  await using session = await openSession(superuser)
  await session.rows('ANALYZE')
}
