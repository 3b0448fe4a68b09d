import { writeSetBack } from '../../clone/overlay/set-back.ts'
import { readClusterCatalog, type Catalog } from '../../fingerprint/catalog/catalog.ts'
import { compareCatalogs } from '../../fingerprint/catalog/compare-catalogs.ts'
import type { Connection } from '../../postgres/connection.ts'
import { openSession, type Session } from '../../postgres/session.ts'
import { describeObjects } from '../../compare/describe-differences.ts'
import { withoutOwnDatabases } from './own-databases.ts'

/**
 * Takes back what a release has changed beyond its database: roles, settings, ALTER SYSTEM … Returns what is not as it
 * was at entry all the same, one sentence each. `superuser` is a connection to the clone.
 */
export async function setClusterBack(superuser: Connection, entry: Catalog): Promise<string[]> {
  await using session = await openSession(superuser)
  const failures: string[] = []
  for (const statement of await writeSetBack(session, entry, await readCluster(session))) {
    try {
      await session.rows(statement)
    } catch (error) {
      failures.push(`${statement}: ${(error as Error).message}`)
    }
  }
  await session.rows('SELECT pg_reload_conf()')
  const left = describeObjects(
    'the cluster at entry',
    'it now',
    compareCatalogs(entry, await readCluster(session)),
  )
  // What failed and left no difference was done by another statement.
  const told = left.length === 0 ? [] : [...left, ...failures]
  return told.map((sentence) => `the cluster could not be set back: ${sentence}`)
}

async function readCluster(session: Session): Promise<Catalog> {
  await session.rows('BEGIN')
  try {
    return withoutOwnDatabases(await readClusterCatalog(session))
  } finally {
    await session.rows('ROLLBACK')
  }
}
