import type { Catalog, CatalogObject } from './catalog-object.ts'

/** An object that is in one of two catalogs only; `withParent` where the same is true of its parent. */
export interface LoneObject extends CatalogObject {
  readonly withParent: boolean
}

export interface AlteredObject {
  readonly class: string
  readonly identity: string
  readonly attributes: Readonly<
    Record<string, { readonly before: string | null; readonly after: string | null }>
  >
}

export interface CatalogDifference {
  readonly created: readonly LoneObject[]
  readonly dropped: readonly LoneObject[]
  readonly altered: readonly AlteredObject[]
}

/** What of the catalog differs, in the order of the keys. An attribute that one side lacks counts as null. */
export function compareCatalogs(before: Catalog, after: Catalog): CatalogDifference {
  return {
    created: findLone(after, before),
    dropped: findLone(before, after),
    altered: [...before].toSorted(byKey).flatMap(([key, object]) => {
      const other = after.get(key)
      return other === undefined ? [] : compareObjects(object, other)
    }),
  }
}

function findLone(catalog: Catalog, other: Catalog): LoneObject[] {
  const isLone = (key: string): boolean => catalog.has(key) && !other.has(key)
  return [...catalog]
    .filter(([key]) => isLone(key))
    .toSorted(byKey)
    .map(([, object]) => ({ ...object, withParent: object.parent !== null && isLone(object.parent) }))
}

function compareObjects(before: CatalogObject, after: CatalogObject): AlteredObject[] {
  const names = new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)])
  const differing = [...names].flatMap((name) => {
    const values = { before: before.attributes[name] ?? null, after: after.attributes[name] ?? null }
    return values.before === values.after ? [] : [[name, values] as const]
  })
  if (differing.length === 0) return []
  return [{ class: before.class, identity: before.identity, attributes: Object.fromEntries(differing) }]
}

function byKey([left]: readonly [string, CatalogObject], [right]: readonly [string, CatalogObject]): number {
  return left < right ? -1 : Number(left > right)
}
