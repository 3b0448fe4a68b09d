import { join } from 'node:path'
import { readDatabase } from '../../host/privileges/database.ts'
import { runAll } from '../../host/privileges/privileges.ts'
import { openProxy } from '../../confinement/proxy.ts'
import { requireSuccess } from '../../executor/require-success.ts'
import { runScript } from '../../executor/run-script.ts'
import { openSession, quoteIdentifier } from '../../postgres/session.ts'
import { readRelease } from '../../release/release.ts'
import { makeVariant } from '../../release/variant.ts'
import { writeVariant } from '../../release/write-variant.ts'
import { asOwner, runMade, settleDatabase, type MakerSettings } from './make-production.ts'

/**
 * Makes the golden clone: production, taken back to its day, then the canonical release with the gate simulated,
 * then the experiments.
 */
export async function makeGolden(settings: MakerSettings & { runDirectory: string }): Promise<void> {
  const { root, config, cluster, installation, signal, confinement } = settings
  const { production, golden, gate } = config
  const psql = {
    psql: join(installation.directory, 'psql'),
    confinement,
    signal,
  }
  {
    await using session = await openSession(cluster.superuser)
    await session.rows(
      `CREATE DATABASE ${quoteIdentifier(golden.database)} OWNER ${quoteIdentifier(production.owner)}
       TEMPLATE ${quoteIdentifier(production.database)}`,
    )
    await using source = await openSession({ ...cluster.superuser, database: production.database })
    await runAll(session, await readDatabase(source, golden.database))
  }
  const connection = await asOwner(settings, golden.database)
  await runMade(settings, golden.rewind, connection)
  requireSuccess('gate.apply', await runScript({ ...psql, directory: root, text: gate.apply, connection }))

  const release = await readRelease({
    directory: join(root, config.release.directory),
    script: config.release.script,
    rollback: config.release.rollback.file,
    tiers: config.release.tiers,
  })
  const directory = join(settings.runDirectory, 'golden-release')
  await writeVariant(makeVariant(release, { from: production.database, to: golden.database }), directory)
  const file = config.release.script
  await using relay = await openProxy(
    connection,
    join(settings.runDirectory, 'golden-relay'),
    (database) => database === golden.database,
  )
  const relayed = { ...connection, host: relay.host }
  requireSuccess(file, await runScript({ ...psql, directory, file, connection: relayed }))
  await runMade(settings, golden.experiments, connection)
  await settleDatabase(cluster, golden.database)
}
