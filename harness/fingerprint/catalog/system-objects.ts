import { quoteLiteral, type Session } from '../../postgres/session.ts'
import type { Catalog } from './catalog-object.ts'
import { databaseObjects, declaredColumns } from './declared.ts'
import { firstNormalOid, selectUnreadable } from './generate-query.ts'
import { withPinnedSettings } from './pin-settings.ts'
import { readServerColumns, type ServerColumns } from './server-columns.ts'
import { readSystemGrants } from './system-grants.ts'
import { toCatalog } from './to-catalog.ts'

/** The column that distinguishes the rows of the system's own objects, where it is not `oid`. */
const owningOid: Readonly<Record<string, string>> = {
  pg_attribute: 'attrelid',
  pg_index: 'indexrelid',
  pg_sequence: 'seqrelid',
  pg_aggregate: 'aggfnoid',
  pg_range: 'rngtypid',
  pg_description: 'objoid',
  pg_seclabel: 'objoid',
  pg_init_privs: 'objoid',
  pg_ts_config_map: 'mapcfg',
  pg_inherits: 'inhrelid',
}

const digested = [
  ...new Set([
    ...databaseObjects.filter(({ withSystem }) => withSystem !== true).map(({ table }) => table),
    'pg_attrdef',
    ...Object.keys(owningOid),
  ]),
]

/** The column that distinguishes the rows of the system's own objects in a catalog; undefined where no row is digested. */
export function systemOid(table: string): string | undefined {
  return digested.includes(table) ? (owningOid[table] ?? 'oid') : undefined
}

/**
 * Count and digest of the system's own rows of each system catalog: shows that a built-in function was altered, but
 * not which. Comparable between databases of clusters that one version of initdb made alike. Beside them, of class
 * `system grants`, the rights on what is built in that were not there at first. Must be run inside a transaction.
 */
export function readSystemObjects(session: Session): Promise<Catalog> {
  return withPinnedSettings(session, async () => {
    const server = await readServerColumns(session)
    const selects = digested.flatMap((table) => selectDigest(table, server))
    const digests = await session.rows(selects.join('\nUNION ALL\n'))
    return toCatalog([...digests, ...(await readSystemGrants(session))], new Map())
  })
}

function selectDigest(table: string, server: ServerColumns): string[] {
  const columns = server.get(table)
  const oid = systemOid(table)!
  if (columns?.has(oid) !== true) return []
  if (columns.get(oid) === false) return [selectUnreadable(table)]
  const steady = [...(declaredColumns.get(table) ?? [])]
    .filter(([column, reading]) => columns.get(column) === true && !('changesByItself' in reading))
    .map(([column]) => (column.endsWith('owner') ? `${column}::regrole` : column))
  return [
    `SELECT 'system catalog' AS class, ${quoteLiteral(`pg_catalog.${table}`)} AS identity, NULL AS parent, NULL AS address,
      json_build_object('rows', count(*)::text, 'digest', sum(hashtextextended(ROW(${steady.join(', ')})::text, 0))::text) AS attributes
      FROM ${table} WHERE ${oid} < ${firstNormalOid}`,
  ]
}
