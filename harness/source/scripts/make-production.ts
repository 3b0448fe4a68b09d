import { dirname, join } from 'node:path'
import { makePassword, replacePassword, type Cluster } from '../../cluster/cluster.ts'
import type { PostgresInstallation } from '../../cluster/find-binaries.mjs'
import type { Confinement } from '../../confinement/confinement.ts'
import type { RehearsalConfig } from '../../config/rehearsal.ts'
import { requireSuccess } from '../../executor/require-success.ts'
import { runScript } from '../../executor/run-script.ts'
import { createReader, grantConnect, grantLargeObjects } from '../../production-access/reader.ts'
import type { Connection } from '../../postgres/connection.ts'
import { openSession, quoteIdentifier } from '../../postgres/session.ts'

export interface MakerSettings {
  readonly root: string
  readonly config: RehearsalConfig
  readonly installation: PostgresInstallation
  readonly cluster: Cluster
  readonly signal?: AbortSignal | undefined
  /** What psql cannot get out of, where it runs a release. */
  readonly confinement?: Confinement
}

/**
 * Makes the reader, production's owner and database, and runs production's script in it as the owner; then the
 * administration's, and what changes production on purpose, where the config says so.
 */
export async function makeProduction(settings: MakerSettings): Promise<void> {
  const { root, config, installation, cluster } = settings
  const { owner, database, script, administration, variables, amend } = config.production
  {
    await using session = await openSession(cluster.superuser)
    await createReader(session, makePassword())
    await session.rows(`CREATE ROLE ${quoteIdentifier(owner)} LOGIN`)
    await session.rows(
      `CREATE DATABASE ${quoteIdentifier(database)} OWNER ${quoteIdentifier(owner)} TEMPLATE template0`,
    )
  }
  const connection = await asOwner(settings, database)
  await runMade(settings, script, connection, variables)
  if (administration !== undefined)
    await runMade(settings, administration, { ...cluster.superuser, database }, variables)
  const psql = join(installation.directory, 'psql')
  if (amend !== undefined)
    requireSuccess('amend', await runScript({ psql, directory: root, text: amend, connection }))
  await settleDatabase(cluster, database)
}

/** A connection as production's owner, under a password made for it. */
export async function asOwner({ cluster, config }: MakerSettings, database: string): Promise<Connection> {
  const { owner } = config.production
  await using session = await openSession(cluster.superuser)
  return { ...cluster.superuser, user: owner, password: await replacePassword(session, owner), database }
}

/** Runs one of the project's SQL files to its end; throws with psql's own message where it fails. */
export async function runMade(
  { root, installation, signal, confinement }: MakerSettings,
  file: string,
  connection: Connection,
  variables: Readonly<Record<string, string>> = {},
): Promise<void> {
  const directory = join(root, dirname(file))
  const result = await runScript({
    psql: join(installation.directory, 'psql'),
    directory,
    file: file.slice(file.lastIndexOf('/') + 1),
    connection,
    variables,
    confinement,
    signal,
  })
  requireSuccess(file, result)
}

/**
 * Leaves a database as if it had been in use for a while: hint bits set, statistics gathered, everything readable by
 * the reader.
 */
export async function settleDatabase(cluster: Cluster, database: string): Promise<void> {
  await using session = await openSession({ ...cluster.superuser, database })
  await grantConnect(session)
  await grantLargeObjects(session)
  await session.rows('VACUUM (ANALYZE)')
}
