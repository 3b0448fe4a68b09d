import type { ObjectDeclaration } from './declaration.ts'
import { quoteLiteral } from '../../postgres/session.ts'
import { identityPartsOf } from './identity-parts.ts'
import type { ServerColumns } from './server-columns.ts'

/** OIDs below this were given by initdb (access/transam.h, FirstNormalObjectId). */
export const firstNormalOid = 16384

/** SQL of the rows `class, identity, parent, address, attributes, parts` of the objects that are not the system's own. */
export function generateObjectsQuery(
  declarations: readonly ObjectDeclaration[],
  server: ServerColumns,
): string {
  return declarations
    .filter(({ table }) => server.has(table))
    .map((declaration) => selectObjects(declaration, server))
    .join('\nUNION ALL\n')
}

function selectObjects(declaration: ObjectDeclaration, server: ServerColumns): string {
  const { table, satellites = [], substitute } = declaration
  const rights = [...(server.get(table)?.values() ?? [])]
  const replacement = rights.includes(false) ? substitute : undefined
  if (!rights.includes(true) && replacement === undefined) return selectUnreadable(table)

  const attributes = new Map(Object.entries(declaration.more ?? {}))
  const unreadable: string[] = []
  for (const part of [declaration, ...satellites]) {
    for (const [column, reading] of Object.entries(part.columns)) {
      const hasRight = server.get(part.table)?.get(column)
      if (hasRight === undefined || 'ignored' in reading) continue
      if (replacement === undefined ? hasRight : !replacement.unreadable.includes(column)) {
        attributes.set(reading.attribute, reading.sql(`${part.table}.${column}`))
      } else unreadable.push(reading.attribute)
    }
  }
  if (unreadable.length > 0) attributes.set('unreadable', quoteLiteral(unreadable.join(', ')))
  const joins = satellites.map((satellite) => `LEFT JOIN ${satellite.table} ON ${satellite.on}`)
  return `SELECT ${declaration.class} AS class, ${declaration.identity} AS identity,
    ${declaration.parent ?? 'NULL'} AS parent, ${addressOf(declaration)} AS address,
    json_build_object(${[...attributes].map(([name, sql]) => `${quoteLiteral(name)}, ${sql}`).join(',\n')}) AS attributes,
    ${identityPartsOf(table)} AS parts
    FROM ${replacement === undefined ? table : `${replacement.from} AS ${table}`} ${joins.join(' ')}
    WHERE ${declaration.where ?? 'true'} AND ${isOwn(declaration)}`
}

/** SQL of the object that says that the session may read nothing of a catalog. */
export function selectUnreadable(table: string): string {
  return `SELECT 'unreadable' AS class, 'pg_catalog.${table}' AS identity, NULL AS parent, NULL AS address,
    json_build_object('unreadable', 'all') AS attributes, NULL::json AS parts`
}

function addressOf({ address }: ObjectDeclaration): string {
  if (address === undefined) return 'NULL'
  return `concat_ws(' ', '${address.catalog}', ${address.oid}, ${address.column ?? '0'})`
}

function isOwn({ withSystem, address }: ObjectDeclaration): string {
  return withSystem || address === undefined ? 'true' : `${address.oid} >= ${firstNormalOid}`
}
