import { dirname, join } from 'node:path'
import type { Cluster } from '../../cluster/cluster.ts'
import { makePassword } from '../../cluster/cluster.ts'
import type { PostgresInstallation } from '../../cluster/find-binaries.mjs'
import type { Confinement } from '../../confinement/confinement.ts'
import type { RehearsalConfig } from '../../config/rehearsal.ts'
import { requireSuccess } from '../../executor/require-success.ts'
import { runScript } from '../../executor/run-script.ts'
import { grantConnect, grantLargeObjects } from '../../production-access/reader.ts'
import type { Connection } from '../../postgres/connection.ts'
import { openSession, quoteIdentifier, quoteLiteral, type Session } from '../../postgres/session.ts'

export interface MakerSettings {
  readonly root: string
  readonly config: RehearsalConfig
  readonly installation: PostgresInstallation
  readonly cluster: Cluster
  readonly signal?: AbortSignal | undefined
  /** What psql cannot get out of, where it runs a release. */
  readonly confinement?: Confinement
}

/** Makes production's owner and database, and runs production's script in it as the owner; then the administration's. */
export async function makeProduction(settings: MakerSettings & { session: Session }): Promise<void> {
  const { config, cluster, session } = settings
  const { owner, database, script, administration, variables } = config.production
  await session.rows(`CREATE ROLE ${quoteIdentifier(owner)} LOGIN`)
  await session.rows(
    `CREATE DATABASE ${quoteIdentifier(database)} OWNER ${quoteIdentifier(owner)} TEMPLATE template0`,
  )
  const connection = await asOwner(settings, database)
  await runMade(settings, script, connection, variables)
  if (administration !== undefined)
    await runMade(settings, administration, { ...cluster.superuser, database }, variables)
  await settleDatabase(cluster, database)
}

/** Changes a made production on purpose, where the config says so; golden is made of it afterwards. */
export async function amendProduction(settings: MakerSettings): Promise<void> {
  const { root, config, installation, cluster } = settings
  const { amend, database } = config.production
  if (amend === undefined) return
  const connection = await asOwner(settings, database)
  const psql = join(installation.directory, 'psql')
  requireSuccess('amend', await runScript({ psql, directory: root, text: amend, connection }))
  await settleDatabase(cluster, database)
}

/** A connection as production's owner, under a password made for it. */
export async function asOwner({ cluster, config }: MakerSettings, database: string): Promise<Connection> {
  const password = makePassword()
  const { owner } = config.production
  await using session = await openSession(cluster.superuser)
  await session.rows(`ALTER ROLE ${quoteIdentifier(owner)} PASSWORD ${quoteLiteral(password)}`)
  return { ...cluster.superuser, user: owner, password, database }
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

/** Leaves a database as one that has lived a while: hint bits set, statistics there, all of it readable by the reader. */
export async function settleDatabase(cluster: Cluster, database: string): Promise<void> {
  await using session = await openSession({ ...cluster.superuser, database })
  await grantConnect(session)
  await grantLargeObjects(session)
  await session.rows('VACUUM (ANALYZE)')
}
