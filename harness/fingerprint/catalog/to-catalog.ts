import type { Row } from '../../postgres/session.ts'
import type { Catalog, CatalogObject } from './catalog-object.ts'
import type { IdentityParts } from './identity-parts.ts'
import type { Facts } from './facts.ts'

/** Attributes that come as lines whose order says nothing. */
const sets: ReadonlySet<string> = new Set(['grants', 'initial grants'])

/** Where two objects have one key, as a change of a catalog by hand may leave them, both are kept. */
export function toCatalog(rows: readonly Row[], facts: Facts): Catalog {
  const catalog = new Map<string, CatalogObject>()
  for (const row of rows) {
    const object = toObject(row, facts.get(String(row['address'])) ?? new Map<string, string[]>())
    const identity = freeIdentity(catalog, object)
    catalog.set(`${object.class} ${identity}`, { ...object, identity })
  }
  return catalog
}

function toObject(row: Row, facts: ReadonlyMap<string, readonly string[]>): CatalogObject {
  const told = JSON.parse(String(row['attributes'])) as Record<string, string | null>
  for (const [attribute, values] of facts) told[attribute] = values.toSorted().join(', ')
  for (const attribute of sets) {
    const lines = told[attribute]
    if (lines != null) told[attribute] = lines.split('\n').toSorted().join(', ')
  }
  const extension = told['extension']
  return {
    class: String(row['class']),
    identity: String(row['identity']),
    // An extension's member goes with the extension, if with nothing nearer.
    parent:
      row['parent'] != null ? String(row['parent']) : extension != null ? `extension ${extension}` : null,
    attributes: told,
    ...(row['parts'] == null ? {} : { parts: JSON.parse(String(row['parts'])) as IdentityParts }),
  }
}

function freeIdentity(catalog: Catalog, object: CatalogObject): string {
  let free = object.identity
  for (let count = 2; catalog.has(`${object.class} ${free}`); count++) free = `${object.identity} (${count})`
  return free
}
