import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { initialiseCluster, makePassword, startCluster, type Cluster } from '../cluster/cluster.ts'
import type { PostgresInstallation } from '../cluster/find-binaries.mjs'
import type { RehearsalConfig } from '../config/rehearsal.ts'
import { findConfinement, type Confinement } from '../confine/confinement.ts'
import { createReader, readerName } from '../isolation/reader.ts'
import type { Connection } from '../postgres/connection.ts'
import { openSession, quoteIdentifier, quoteLiteral } from '../postgres/session.ts'
import { mayWriteFiles } from '../release/ways-out/way-names.ts'
import { preparedKey, productionKey } from './cache-key.ts'
import { cacheDirectory } from './cache-entries.ts'
import { putIntoCache, takeFromCache } from './cache.ts'
import { keepUntouched } from './keep-untouched.ts'
import { makeGolden } from './make-golden.ts'
import { amendProduction, makeProduction } from './make-production.ts'

export interface SourceSettings {
  /** The project's directory, to which the config's paths are relative. */
  readonly root: string
  readonly config: RehearsalConfig
  readonly installation: PostgresInstallation
  readonly runDirectory: string
  /** Tells what it is at. */
  readonly tell: (message: string) => void
  /** Tells what the reader should know at the end, too. */
  readonly note: (message: string) => void
  readonly signal?: AbortSignal | undefined
}

/** The running cluster of production and golden. Of its passwords this run knows the reader's, and no other. */
export interface SourceCluster {
  /** How the reader gets in, but for the database. */
  readonly reader: Omit<Connection, 'database'>
  readonly stop: () => Promise<void>
  /** Why there is no golden clone, such as a release that fails on it; production stands all the same. */
  readonly goldenFault: Error | undefined
}

interface Prepared {
  readonly password: string
  readonly goldenFault?: Error | undefined
}

/** Starts a private copy of the prepared cluster; prepares it first where the cache has none. */
export async function startSourceCluster(settings: SourceSettings): Promise<SourceCluster> {
  const directory = join(settings.runDirectory, 'source')
  const key = await preparedKey(settings.root, settings.config, settings.installation.version)
  const kept = await takeFromCache(key, directory, settings.note, settings.signal)
  const { password, goldenFault }: Prepared =
    kept === undefined ? await prepare(settings, directory, key) : { password: kept }
  const cluster = await startCluster(settings.installation, directory, password, {
    signal: settings.signal,
  })
  try {
    const { host, port } = cluster.superuser
    const reader = { host, port, user: readerName, password: await replacePasswords(cluster, settings) }
    return { reader, stop: () => cluster.stop(), goldenFault }
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

/** Leaves the prepared cluster in `directory`, stopped, and in the cache; there only with its golden clone. */
async function prepare(settings: SourceSettings, directory: string, key: string): Promise<Prepared> {
  const { root, config, installation, tell, note, signal } = settings
  const baseKey = await productionKey(root, config, installation.version)
  let password = await takeFromCache(baseKey, directory, note, signal)
  if (password === undefined) {
    password = makePassword()
    tell('making production: done once, then kept')
    await initialiseCluster(installation, directory, password, signal)
    await whileRunning(settings, directory, password, async (cluster) => {
      await using session = await openSession(cluster.superuser)
      await createReader(session, makePassword())
      await makeProduction({ ...settings, cluster, session })
    })
    await putIntoCache(baseKey, directory, password)
    note(`production was made, and is kept in ${cacheDirectory()} for the next run`)
  }
  tell('making the golden clone: done once, then kept')
  let goldenFault: Error | undefined
  const clientsWrite = mayWriteFiles(config.release.allows)
  const confinement = await findConfinement([cacheDirectory()], { clientsWrite })
  await whileRunning({ ...settings, confinement }, directory, password, async (cluster) => {
    await amendProduction({ ...settings, cluster })
    const { database, owner } = config.production
    await keepUntouched({ ...cluster.superuser, database }, owner, async () => {
      try {
        await makeGolden({ ...settings, cluster, confinement })
      } catch (error) {
        signal?.throwIfAborted()
        goldenFault = error as Error
      }
    })
  })
  if (goldenFault === undefined) {
    await putIntoCache(key, directory, password)
    note(`the golden clone was made, and is kept in ${cacheDirectory()} for the next run`)
  }
  return { password, goldenFault }
}

async function whileRunning(
  { installation, signal, confinement }: SourceSettings & { readonly confinement?: Confinement },
  directory: string,
  password: string,
  work: (cluster: Cluster) => Promise<void>,
): Promise<void> {
  await using cluster = await startCluster(installation, directory, password, { signal, confinement })
  await work(cluster)
  await using session = await openSession(cluster.superuser)
  await session.rows('CHECKPOINT')
  await cluster.stop()
  await rm(join(directory, 'server.log'), { force: true })
}

/** Gives the superuser, the reader and the owner new passwords, and keeps the reader's only: from here on no other is used. */
async function replacePasswords(cluster: Cluster, { config }: SourceSettings): Promise<string> {
  await using session = await openSession(cluster.superuser)
  const readerPassword = makePassword()
  const passwords = [
    [cluster.superuser.user, makePassword()],
    [readerName, readerPassword],
    [config.production.owner, makePassword()],
  ] as const
  for (const [role, password] of passwords) {
    await session.rows(`ALTER ROLE ${quoteIdentifier(role)} PASSWORD ${quoteLiteral(password)}`)
  }
  return readerPassword
}
