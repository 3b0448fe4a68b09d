import { initialiseCluster, makePassword } from '../cluster/cluster.ts'
import type { PostgresInstallation } from '../cluster/find-binaries.mjs'
import { bareKey } from './key.ts'
import { putIntoCache, takeFromCache } from './cache.ts'

export interface BareClusterSettings {
  readonly installation: PostgresInstallation
  /** Receives what the user should know at the end of the run, too. */
  readonly note: (message: string) => void
  readonly signal?: AbortSignal | undefined
}

/**
 * Puts the data directory of a cluster that nobody has used into `directory`, and returns its superuser's password. initdb
 * makes it once; later runs copy it from the cache, in a tenth of the time. All copies have one system identifier, which
 * production's cluster, made by an initdb of its own, does not have.
 */
export async function copyBareCluster(
  { installation, note, signal }: BareClusterSettings,
  directory: string,
): Promise<string> {
  const key = bareKey(installation.version)
  const kept = await takeFromCache(key, directory, note, signal)
  if (kept !== undefined) return kept
  const password = makePassword()
  await initialiseCluster(installation, directory, password, signal)
  await putIntoCache(key, directory, password)
  return password
}
