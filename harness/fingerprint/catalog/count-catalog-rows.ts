import { quoteIdentifier, type Session } from '../../postgres/session.ts'
import { firstNormalOid } from './generate-query.ts'
import { systemOid } from './system-objects.ts'

/** Catalogs whose rows are no definitions: statistics, which ANALYZE writes, and the bytes of large objects. */
const noDefinitions = ['pg_statistic', 'pg_statistic_ext_data', 'pg_largeobject']

/** Shared by the cluster, and yet told in a database's definitions: subscriptions, names of owners and tablespaces. */
const sharedDefinitions = ['pg_subscription', 'pg_authid', 'pg_tablespace']

/** Rows of the catalogs in which a database's definitions are, and how many of them are of a version that a condition holds for. */
export interface CatalogRows {
  readonly rows: number
  readonly written: number
  /** Those of the system's own objects, and of the roles by whose names the digest of these objects names their owners. */
  readonly system: { readonly rows: number; readonly written: number }
}

/** Counts the catalogs' rows. What is updated in place (sizes, hints) is no definition. */
export async function countCatalogRows(session: Session, condition: string): Promise<CatalogRows> {
  const tables = await session.rows(
    `SELECT relname AS name FROM pg_catalog.pg_class
     WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r' AND oid < 16384
       AND relname <> ALL ($1::text[]) AND (NOT relisshared OR relname = ANY ($2::text[]))
       AND has_table_privilege(oid, 'SELECT')
     ORDER BY relname`,
    [noDefinitions, sharedDefinitions],
  )
  const counts = tables.map(({ name }) => {
    const oid = systemOid(String(name))
    const isSystem = oid === undefined ? String(name === 'pg_authid') : `${oid} < ${firstNormalOid}`
    return `SELECT count(*) AS rows, count(*) FILTER (WHERE ${condition}) AS written,
        count(*) FILTER (WHERE ${isSystem}) AS system_rows,
        count(*) FILTER (WHERE ${isSystem} AND (${condition})) AS system_written
      FROM pg_catalog.${quoteIdentifier(String(name))}`
  })
  const [row] = await session.rows(
    `SELECT sum(rows) AS rows, sum(written) AS written,
       sum(system_rows) AS system_rows, sum(system_written) AS system_written
     FROM (${counts.join('\nUNION ALL\n')}) AS counted`,
  )
  const figure = (name: string): number => Number(row?.[name])
  return {
    rows: figure('rows'),
    written: figure('written'),
    system: { rows: figure('system_rows'), written: figure('system_written') },
  }
}
