import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  initialiseCluster,
  makePassword,
  replacePassword,
  startCluster,
  type Cluster,
} from '../../cluster/cluster.ts'
import { copyDirectory } from '../../cluster/copy-directory.ts'
import type { PostgresInstallation } from '../../cluster/find-binaries.mjs'
import type { RehearsalConfig } from '../../config/rehearsal.ts'
import type { Confinement } from '../../confinement/confinement.ts'
import { Cleanup } from '../../process/cleanup.ts'
import { readerName } from '../../production-access/reader.ts'
import type { RunSettings } from '../run-settings.ts'
import type { Entrance, Source, SourceKind } from '../source.ts'
import { openSession } from '../../postgres/session.ts'
import { confineServer, type ServerName } from '../../confinement/server-directories.ts'
import { goldenKey, productionKey } from './prepared-keys.ts'
import { cacheDirectory } from '../../cache/cache-directory.ts'
import { findInCache, putIntoCache, takeFromCache } from '../../cache/cache.ts'
import { makeGolden } from './make-golden.ts'
import { makeProduction } from './make-production.ts'

/** Production and golden, made by the project's SQL scripts once, and kept. */
export const scripts: SourceKind = {
  id: 'scripts',
  matches: () => true,
  preparedBytes: ({ root, config, installation }) => sizeOfPrepared(root, config, installation),
  start: startSource,
}

/** Size in bytes of the prepared clusters together; undefined where one of them must be made first. */
async function sizeOfPrepared(
  root: string,
  config: RehearsalConfig,
  { version }: PostgresInstallation,
): Promise<number | undefined> {
  const production = await findInCache(await productionKey(root, config, version))
  if (production === undefined || config.golden === undefined) return production?.bytes
  const golden = await findInCache(await goldenKey(root, config, version, production.password))
  return golden && production.bytes + golden.bytes
}

/** Starts the servers, each on a private copy of its prepared cluster; prepares first what the cache does not have. */
async function startSource(settings: RunSettings): Promise<Source> {
  const { installation, runDirectory, signal, config } = settings
  const password = await prepareProduction(settings)
  const prepared = config.golden && (await prepareGolden(settings, config.golden, password))
  const parts = new Cleanup()
  try {
    const golden = typeof prepared === 'string' ? startGolden(settings, parts, password) : undefined
    // The first failure is reported.
    golden?.catch(() => undefined)
    const directory = join(runDirectory, 'production')
    const cluster = await startCluster(installation, directory, password, { signal })
    const forget = parts.defer('the server of production', () => cluster.stop())
    const { superuser, reader, owner } = await replacePasswords(cluster, config)
    return {
      reader,
      goldenReader: await golden,
      administration: config.clone.onProductionServer === undefined ? undefined : { superuser, owner },
      keep() {
        forget()
        cluster.release()
        return [basename(directory)]
      },
      goldenFault: prepared instanceof Error ? prepared : undefined,
      [Symbol.asyncDispose]: () => parts[Symbol.asyncDispose](),
    }
  } catch (error) {
    await parts[Symbol.asyncDispose]()
    throw error
  }
}

/** Starts golden's server, confined: what the release did to it while golden was made holds there. */
async function startGolden(settings: RunSettings, parts: Cleanup, password: string): Promise<Entrance> {
  const { installation, runDirectory, signal, config } = settings
  const confining = confineServer(settings, 'golden')
  const { server: confine } = await parts.ownStarting('the confinement of the server of golden', confining)
  const starting = startCluster(installation, join(runDirectory, 'golden'), password, { signal, confine })
  const cluster = await parts.ownStarting('the server of golden', starting)
  return (await replacePasswords(cluster, config)).reader
}

/** Puts production's cluster into its directory, stopped; returns its superuser's password. */
async function prepareProduction(settings: RunSettings): Promise<string> {
  const { root, config, installation, reportProgress, signal } = settings
  const wanted: Wanted = {
    name: 'production',
    what: 'production',
    readKey: () => productionKey(root, config, installation.version),
  }
  return takeOrMake(settings, wanted, async (directory) => {
    reportProgress('creating production (once; later runs reuse it)')
    const password = makePassword()
    await initialiseCluster(installation, directory, password, signal)
    await whileRunning(settings, directory, password, (cluster) => makeProduction({ ...settings, cluster }))
    return password
  })
}

/**
 * Puts golden's cluster into its directory, stopped; returns its superuser's password, or why no golden can be made.
 */
async function prepareGolden(
  settings: RunSettings,
  golden: NonNullable<RehearsalConfig['golden']>,
  password: string,
): Promise<string | Error> {
  const { root, config, installation, runDirectory, reportProgress, signal } = settings
  const wanted: Wanted = {
    name: 'golden',
    what: 'the golden clone',
    readKey: () => goldenKey(root, config, installation.version, password),
    // Another run at this time may have kept its own production.
    isForLater: async () =>
      (await findInCache(await productionKey(root, config, installation.version)))?.password === password,
  }
  return takeOrMake(settings, wanted, async (directory) => {
    reportProgress('creating the golden clone (once; later runs reuse it)')
    await copyDirectory(join(runDirectory, 'production/data'), join(directory, 'data'), signal)
    try {
      await using confinement = await confineServer(settings, 'golden')
      const confined = { ...settings, confinement }
      await whileRunning(confined, directory, password, (cluster) =>
        makeGolden({ ...confined, cluster }, golden),
      )
      return password
    } catch (error) {
      signal?.throwIfAborted()
      return error as Error
    }
  })
}

interface Wanted {
  readonly name: ServerName
  /** As people call it. */
  readonly what: string
  readonly readKey: () => Promise<string>
  /** Whether a later run can take it. Default: it can. */
  readonly isForLater?: () => Promise<boolean>
}

/** Copies a cluster from the cache, or else makes it and, if it was made, puts it there. */
async function takeOrMake<T extends string | Error>(
  { runDirectory, note, signal }: RunSettings,
  { name, what, readKey, isForLater = () => Promise.resolve(true) }: Wanted,
  make: (directory: string) => Promise<T>,
): Promise<T | string> {
  const directory = join(runDirectory, name)
  const key = await readKey()
  const kept = await takeFromCache(key, directory, note, signal)
  if (kept !== undefined) return kept
  const made = await make(directory)
  if (made instanceof Error) return made
  // What was edited since its key was made would be kept under that of the older text.
  if ((await readKey()) !== key)
    note(`${what} was created, but is not kept: its files were edited in the meantime`)
  else if (await isForLater()) {
    await putIntoCache(key, directory, made)
    note(`${what} was created, and is kept in ${cacheDirectory()} for later runs`)
  } else note(`${what} was created, but is not kept: another run kept its own production in the meantime`)
  return made
}

async function whileRunning(
  { installation, signal, confinement }: RunSettings & { readonly confinement?: Confinement },
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
async function replacePasswords({ superuser }: Cluster, { production }: RehearsalConfig) {
  await using session = await openSession(superuser)
  const { host, port } = superuser
  const renew = async (user: string): Promise<Entrance> => ({
    host,
    port,
    user,
    password: await replacePassword(session, user),
  })
  return {
    superuser: await renew(superuser.user),
    reader: await renew(readerName),
    owner: await renew(production.owner),
  }
}
