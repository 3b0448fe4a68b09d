import type { Catalog } from '../fingerprint/catalog/catalog-object.ts'

/** The cluster's objects without the databases of these names, and what belongs to them. */
export function withoutDatabases(cluster: Catalog, names: ReadonlySet<string>): Catalog {
  return new Map(
    [...cluster].filter(([, { parts }]) => parts?.database == null || !names.has(parts.database)),
  )
}
