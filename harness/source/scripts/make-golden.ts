import { join } from 'node:path'
import { dropSubscriptions } from '../../restore/blanking/subscriptions.ts'
import { readDatabase } from '../../restore/privileges/database.ts'
import type { RunSettings } from '../run-settings.ts'
import type { RehearsalConfig } from '../../config/rehearsal.ts'
import type { Cluster } from '../../cluster/cluster.ts'
import { runAll } from '../../restore/privileges/privileges.ts'
import { openProxy } from '../../confinement/proxy.ts'
import { requireSuccess } from '../../executor/require-success.ts'
import { runScript } from '../../executor/run-script.ts'
import { openSession, quoteIdentifier } from '../../postgres/session.ts'
import { makeVariant } from '../../release/variant.ts'
import { writeVariant } from '../../release/write-variant.ts'
import { asOwner, runMade, settleDatabase, type MakerSettings } from './make-production.ts'

/**
 * Makes the golden clone in a copy of production's cluster: production, taken back to its day, then the canonical release
 * with the gate simulated, then the experiments. The copy of production goes before any of it runs.
 */
export async function makeGolden(
  settings: MakerSettings & Pick<RunSettings, 'runDirectory' | 'release' | 'executor'>,
  golden: NonNullable<RehearsalConfig['golden']>,
): Promise<void> {
  const { root, config, cluster, installation, signal, confinement } = settings
  const { production, gate } = config
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
    await dropSubscriptions(source)
  }
  await dropDatabase(cluster, production.database)
  const connection = await asOwner(settings, golden.database)
  if (golden.rewind !== undefined) await runMade(settings, golden.rewind, connection)
  if (gate !== undefined)
    requireSuccess('gate.apply', await runScript({ ...psql, directory: root, text: gate.apply, connection }))

  const directory = join(settings.runDirectory, 'golden-release')
  await writeVariant(
    makeVariant(settings.release, { from: production.database, to: golden.database }),
    directory,
  )
  await using proxy = await openProxy(
    connection,
    join(settings.runDirectory, 'golden-proxy'),
    (database) => database === golden.database,
  )
  const proxied = { ...connection, host: proxy.host }
  requireSuccess(
    settings.release.script,
    await settings.executor.run(settings.release, { ...psql, directory, connection: proxied }),
  )
  if (golden.experiments !== undefined) await runMade(settings, golden.experiments, connection)
  await settleDatabase(cluster, golden.database)
}

/** Drops it, also where it is a template. */
async function dropDatabase({ superuser }: Cluster, name: string): Promise<void> {
  await using session = await openSession(superuser)
  await session.rows(`ALTER DATABASE ${quoteIdentifier(name)} IS_TEMPLATE false`)
  await session.rows(`DROP DATABASE ${quoteIdentifier(name)} WITH (FORCE)`)
}
