import { quoteIdentifier, type Session } from '../../postgres/session.ts'

/** Catalogs whose rows are no definitions: statistics, which ANALYZE writes, and the bytes of large objects. */
const noDefinitions = ['pg_statistic', 'pg_statistic_ext_data', 'pg_largeobject']

/** Shared by the cluster, and yet told in a database's definitions: subscriptions, names of owners and tablespaces. */
const sharedDefinitions = ['pg_subscription', 'pg_authid', 'pg_tablespace']

/**
 * How many rows the catalogs have in which a database's definitions stand, and how many of them are of a version for
 * which the condition holds. What is updated in place (sizes, hints) is no definition.
 */
export async function countCatalogRows(
  session: Session,
  condition: string,
): Promise<{ rows: number; written: number }> {
  const tables = await session.rows(
    `SELECT relname AS name FROM pg_catalog.pg_class
     WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r' AND oid < 16384
       AND relname <> ALL ($1::text[]) AND (NOT relisshared OR relname = ANY ($2::text[]))
       AND has_table_privilege(oid, 'SELECT')
     ORDER BY relname`,
    [noDefinitions, sharedDefinitions],
  )
  const counts = tables.map(({ name }) => {
    const table = `pg_catalog.${quoteIdentifier(String(name))}`
    return `SELECT count(*) AS rows, count(*) FILTER (WHERE ${condition}) AS written FROM ${table}`
  })
  const [row] = await session.rows(
    `SELECT sum(rows) AS rows, sum(written) AS written FROM (${counts.join('\nUNION ALL\n')}) AS counted`,
  )
  return { rows: Number(row?.['rows']), written: Number(row?.['written']) }
}
