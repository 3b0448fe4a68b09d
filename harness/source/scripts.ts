import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { initialiseCluster, makePassword, startCluster, type Cluster } from '../cluster/cluster.ts'
import type { PostgresInstallation } from '../cluster/find-binaries.mjs'
import { RehearsalError } from '../errors.ts'
import type { RehearsalConfig } from '../config/rehearsal.ts'
import { findConfinement, type Confinement } from '../confinement/confinement.ts'
import { createReader, readerName } from '../production-access/reader.ts'
import type { Connection } from '../postgres/connection.ts'
import { openSession, quoteIdentifier, quoteLiteral } from '../postgres/session.ts'
import { mayWriteFiles } from '../confinement/escapes/escape-names.ts'
import { preparedKey, productionKey } from './cache/cache-key.ts'
import { cacheDirectory } from './cache/cache-directory.ts'
import { putIntoCache, takeFromCache } from './cache/cache.ts'
import { keepUntouched } from './scripts/keep-untouched.ts'
import { makeGolden } from './scripts/make-golden.ts'
import { amendProduction, makeProduction } from './scripts/make-production.ts'

export interface SourceSettings {
  /** The project's directory, to which the config's paths are relative. */
  readonly root: string
  readonly config: RehearsalConfig
  readonly installation: PostgresInstallation
  readonly runDirectory: string
  /** Key of the prepared cluster, from {@link preparedKey}. */
  readonly key: string
  /** Reports progress. */
  readonly reportProgress: (message: string) => void
  /** Tells what the reader should know at the end, too. */
  readonly note: (message: string) => void
  readonly signal?: AbortSignal | undefined
}

/** How a role gets in, but for the database. */
type Entrance = Omit<Connection, 'database'>

/** The running cluster of production and golden. Of its passwords this run knows the reader's, and as a rule no other. */
export interface SourceCluster extends AsyncDisposable {
  readonly reader: Entrance
  /** Those that make the clone and ship the release, where the clone stands on this server. */
  readonly administration: { readonly superuser: Entrance; readonly owner: Entrance } | undefined
  /** Lets it outlive this process; returns what must stay for it in the run's directory. */
  readonly keep: () => string[]
  /** Why there is no golden clone, such as a release that fails on it; production stands all the same. */
  readonly goldenFault: Error | undefined
}

export interface PreparedSource {
  /** Of the superuser, until the server is started. */
  readonly password: string
  readonly goldenFault?: Error | undefined
}

/** The directory of the server of production and golden. */
export function sourceDirectory({ runDirectory }: { readonly runDirectory: string }): string {
  return join(runDirectory, 'source')
}

/** Puts a private copy of the prepared cluster into the directory of the run; prepares it first where the cache has none. */
export async function copySource(settings: SourceSettings): Promise<PreparedSource> {
  const directory = sourceDirectory(settings)
  const kept = await takeFromCache(settings.key, directory, settings.note, settings.signal)
  return kept === undefined ? prepare(settings, directory) : { password: kept }
}

/** Starts the server of the copy that {@link copySource} made. */
export async function startSource(
  settings: SourceSettings,
  { password, goldenFault }: PreparedSource,
): Promise<SourceCluster> {
  const directory = sourceDirectory(settings)
  const cluster = await startCluster(settings.installation, directory, password, {
    signal: settings.signal,
  })
  try {
    let isKept = false
    const { superuser, reader, owner } = await replacePasswords(cluster, settings)
    return {
      reader,
      administration:
        settings.config.clone.onProductionServer === undefined ? undefined : { superuser, owner },
      keep: () => {
        isKept = true
        cluster.release()
        return [basename(directory)]
      },
      goldenFault,
      // Unless it was kept.
      [Symbol.asyncDispose]: async () => {
        if (!isKept) await cluster.stop()
      },
    }
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

/** Leaves the prepared cluster in `directory`, stopped, and in the cache; there only with its golden clone. */
async function prepare(settings: SourceSettings, directory: string): Promise<PreparedSource> {
  const { root, config, key, installation, reportProgress, note, signal } = settings
  const baseKey = await productionKey(root, config, installation.version)
  let password = await takeFromCache(baseKey, directory, note, signal)
  const keep = async (what: string, made: string, readKey: typeof productionKey): Promise<void> => {
    // What was edited since its key was made would be kept under that of the older text.
    if ((await readKey(root, config, installation.version)) !== made)
      return note(`${what} was made, and is not kept: its files were edited meanwhile`)
    await putIntoCache(made, directory, password!)
    note(`${what} was made, and is kept in ${cacheDirectory()} for the next run`)
  }
  if (password === undefined) {
    password = makePassword()
    reportProgress('making production: done once, then kept')
    await initialiseCluster(installation, directory, password, signal)
    await whileRunning(settings, directory, password, async (cluster) => {
      await using session = await openSession(cluster.superuser)
      await createReader(session, makePassword())
      await makeProduction({ ...settings, cluster, session })
    })
    await keep('production', baseKey, productionKey)
  }
  reportProgress('making the golden clone: done once, then kept')
  let goldenFault: Error | undefined
  const clientsWrite = mayWriteFiles(config.release.allows)
  await using confinement = await findConfinement([cacheDirectory()], { clientsWrite })
  await whileRunning({ ...settings, confinement }, directory, password, async (cluster) => {
    await amendProduction({ ...settings, cluster })
    const { database, owner } = config.production
    const neighbour = { owner, beside: config.golden.database }
    const needed = await keepUntouched({ ...cluster.superuser, database }, neighbour, async () => {
      try {
        await makeGolden({ ...settings, cluster, confinement })
      } catch (error) {
        signal?.throwIfAborted()
        goldenFault = error as Error
      }
    })
    if (needed.length > 0)
      goldenFault ??= new RehearsalError(
        'CLUSTER_FAILED',
        `the golden clone cannot stand beside production: it needs what was made with it for the whole server:\n${needed.join('\n')}`,
        {
          hint: 'production must be as it is before the release: let it have the role, or the release not give it rights',
        },
      )
  })
  if (goldenFault === undefined) {
    await keep('the golden clone', key, preparedKey)
  }
  return { password, goldenFault }
}

async function whileRunning(
  { installation, signal, confinement }: SourceSettings & { readonly confinement?: Confinement },
  directory: string,
  password: string,
  work: (cluster: Cluster) => Promise<void>,
): Promise<void> {
  await using cluster = await startCluster(installation, directory, password, {
    signal,
    confine: confinement?.server,
  })
  await work(cluster)
  await using session = await openSession(cluster.superuser)
  await session.rows('CHECKPOINT')
  await cluster.stop()
  await rm(join(directory, 'server.log'), { force: true })
}

/** Gives the superuser, the reader and the owner new passwords, and says how each gets in. */
async function replacePasswords(
  { superuser }: Cluster,
  { config }: SourceSettings,
): Promise<Record<'superuser' | 'reader' | 'owner', Entrance>> {
  await using session = await openSession(superuser)
  const renew = async (user: string): Promise<Entrance> => {
    const password = makePassword()
    await session.rows(`ALTER ROLE ${quoteIdentifier(user)} PASSWORD ${quoteLiteral(password)}`)
    const { host, port } = superuser
    return { host, port, user, password }
  }
  return {
    superuser: await renew(superuser.user),
    reader: await renew(readerName),
    owner: await renew(config.production.owner),
  }
}
