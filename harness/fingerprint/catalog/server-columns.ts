import { RehearsalError } from '../../errors.ts'
import type { Session } from '../../postgres/session.ts'
import { declaredColumns } from './declared.ts'

/** A column of a system catalog of a server, and whether the session may read it. */
export interface ServerColumn {
  readonly table: string
  readonly column: string
  readonly readable: boolean
}

/** Catalogs of a server, each with its columns and whether they are readable. */
export type ServerColumns = ReadonlyMap<string, ReadonlyMap<string, boolean>>

/** The system catalogs of the session's server, all of whose columns are declared. Throws CATALOG_UNKNOWN otherwise. */
export async function readServerColumns(session: Session): Promise<ServerColumns> {
  const rows = await session.rows(`
    SELECT c.relname AS table, a.attname AS column,
      t.readable OR has_column_privilege(c.oid, a.attnum, 'SELECT') AS readable
    FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
      CROSS JOIN LATERAL (SELECT has_table_privilege(c.oid, 'SELECT') AS readable) t
    WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r' AND c.oid < 16384
      AND a.attnum > 0 AND NOT a.attisdropped`)
  const columns = rows.map((row) => ({
    table: String(row['table']),
    column: String(row['column']),
    readable: row['readable'] === true,
  }))
  refuseUnknownColumns(columns)
  const byTable = new Map<string, Map<string, boolean>>()
  for (const { table, column, readable } of columns) {
    const known = byTable.get(table) ?? new Map<string, boolean>()
    byTable.set(table, known.set(column, readable))
  }
  return byTable
}

/** Throws CATALOG_UNKNOWN where a column is not declared: what it tells would be missed. */
export function refuseUnknownColumns(columns: readonly Pick<ServerColumn, 'table' | 'column'>[]): void {
  const unknown = columns
    .filter(({ table, column }) => !declaredColumns.get(table)?.has(column))
    .map(({ table, column }) => `${table}.${column}`)
  if (unknown.length === 0) return
  throw new RehearsalError(
    'CATALOG_UNKNOWN',
    `the server has system catalog columns that the fingerprint does not know: ${unknown.join(', ')}`,
    {
      hint: 'declare each under harness/fingerprint/catalog/declarations as compared or ignored, with the reason',
      details: { unknown },
    },
  )
}
