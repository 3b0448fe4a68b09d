import { writeSetBack } from '../restore/privileges/set-back.ts'
import { listObjects, type Difference } from './difference.ts'
import type { Catalog } from '../fingerprint/catalog/catalog-object.ts'
import { readClusterCatalog } from '../fingerprint/catalog/catalog.ts'
import { compareCatalogs } from '../fingerprint/catalog/compare-catalogs.ts'
import type { Connection } from '../postgres/connection.ts'
import { openSession, type Session } from '../postgres/session.ts'
import { withoutDatabases } from './without-databases.ts'

/** What is not as it was at entry: `left` and why it could not be set back, or `changed` where nothing is. */
export type ClusterFault =
  | { readonly kind: 'left' | 'changed'; readonly difference: Difference }
  | { readonly kind: 'failed'; readonly statement: string; readonly message: string }

/**
 * Takes back what a release has changed beyond its database: roles, settings, ALTER SYSTEM … Returns what is not as it
 * was at entry all the same. `superuser` is a connection to the clone; databases do not count that `beside` names before
 * or after the reading.
 */
export async function setClusterBack(
  superuser: Connection,
  entry: Catalog,
  beside: () => ReadonlySet<string>,
): Promise<ClusterFault[]> {
  await using session = await openSession(superuser)
  const failures: ClusterFault[] = []
  for (const statement of await writeSetBack(session, entry, await readCluster(session, beside))) {
    try {
      await session.rows(statement)
    } catch (error) {
      failures.push({ kind: 'failed', statement, message: (error as Error).message })
    }
  }
  await session.rows('SELECT pg_reload_conf()')
  const left = listObjects(compareCatalogs(entry, await readCluster(session, beside)))
  // What failed and left no difference was done by another statement.
  if (left.length === 0) return []
  return [...left.map((difference) => ({ kind: 'left' as const, difference })), ...failures]
}

/** Where the cluster is production's own, nothing of it is set back: returns whatever differs from entry. */
export async function findClusterChanges(
  superuser: Connection,
  entry: Catalog,
  beside: () => ReadonlySet<string>,
): Promise<ClusterFault[]> {
  await using session = await openSession(superuser)
  const differences = listObjects(compareCatalogs(entry, await readCluster(session, beside)))
  return differences.map((difference) => ({ kind: 'changed', difference }))
}

async function readCluster(session: Session, beside: () => ReadonlySet<string>): Promise<Catalog> {
  const before = new Set(beside())
  await session.rows('BEGIN')
  try {
    const cluster = await readClusterCatalog(session)
    return withoutDatabases(cluster, new Set([...before, ...beside()]))
  } finally {
    await session.rows('ROLLBACK')
  }
}
