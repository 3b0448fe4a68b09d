import { writeSetBack } from '../host/privileges/set-back.ts'
import { describeObjects } from './describe-differences.ts'
import { readClusterCatalog, type Catalog } from '../fingerprint/catalog/catalog.ts'
import { compareCatalogs } from '../fingerprint/catalog/compare-catalogs.ts'
import type { Connection } from '../postgres/connection.ts'
import { openSession, type Session } from '../postgres/session.ts'
import { withoutDatabases } from './without-databases.ts'

/**
 * Takes back what a release has changed beyond its database: roles, settings, ALTER SYSTEM … Returns what is not as it
 * was at entry all the same, one sentence each. `superuser` is a connection to the clone; databases do not count that
 * `beside` names before or after the reading.
 */
export async function setClusterBack(
  superuser: Connection,
  entry: Catalog,
  beside: () => ReadonlySet<string>,
): Promise<string[]> {
  await using session = await openSession(superuser)
  const failures: string[] = []
  for (const statement of await writeSetBack(session, entry, await readCluster(session, beside))) {
    try {
      await session.rows(statement)
    } catch (error) {
      failures.push(`${statement}: ${(error as Error).message}`)
    }
  }
  await session.rows('SELECT pg_reload_conf()')
  const left = describeChanges(entry, await readCluster(session, beside))
  // What failed and left no difference was done by another statement.
  const told = left.length === 0 ? [] : [...left, ...failures]
  return told.map((sentence) => `the cluster could not be set back: ${sentence}`)
}

/**
 * Where the cluster is production's own, nothing of it is set back: whatever differs from entry is told, one sentence
 * each.
 */
export async function describeClusterChanges(
  superuser: Connection,
  entry: Catalog,
  beside: () => ReadonlySet<string>,
): Promise<string[]> {
  await using session = await openSession(superuser)
  return describeChanges(entry, await readCluster(session, beside)).map(
    (sentence) => `production's own server has changed, and is not set back: ${sentence}`,
  )
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

function describeChanges(entry: Catalog, now: Catalog): string[] {
  return describeObjects('the cluster at entry', 'it now', compareCatalogs(entry, now))
}
