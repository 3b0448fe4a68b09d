import type { Catalog } from './catalog-object.ts'
import type { Session } from '../../postgres/session.ts'
import { readClusterViews } from './cluster-views.ts'
import { clusterObjects, databaseObjects } from './declared.ts'
import { readBare } from './bare-objects.ts'
import { readClusterFacts, readDatabaseFacts } from './facts.ts'
import { generateObjectsQuery } from './generate-query.ts'
import { withPinnedSettings } from './pin-settings.ts'
import { readServerColumns } from './server-columns.ts'
import { toCatalog } from './to-catalog.ts'

/**
 * Objects of the session's database that are not the system's own: for these, see readSystemObjects. Must be run
 * inside a transaction. Throws CATALOG_UNKNOWN for a server with catalog columns that are not declared.
 */
export function readCatalog(session: Session): Promise<Catalog> {
  return withPinnedSettings(session, async () => {
    const server = await readServerColumns(session)
    const rows = await session.rows(generateObjectsQuery(databaseObjects, server))
    const facts = await readDatabaseFacts(session)
    return toCatalog([...rows, ...(await readBare(session, facts, rows))], facts)
  })
}

/**
 * Objects that the databases of the cluster share: roles, databases, settings and their like. What the session has no
 * right to read is left out, and named by an object of class `unreadable` or an attribute `unreadable`. Must be run
 * inside a transaction.
 */
export function readClusterCatalog(session: Session): Promise<Catalog> {
  return withPinnedSettings(session, async () => {
    const server = await readServerColumns(session)
    const shared = await session.rows(generateObjectsQuery(clusterObjects, server))
    return toCatalog([...shared, ...(await readClusterViews(session))], await readClusterFacts(session))
  })
}
