import { readSettingsOwner, readSubscription, unquote } from '../host/privileges/identities.ts'
import type { Catalog, CatalogObject } from '../fingerprint/catalog/catalog.ts'

/** The cluster's objects without the databases of these names, and what belongs to them. */
export function withoutDatabases(cluster: Catalog, names: ReadonlySet<string>): Catalog {
  return new Map(
    [...cluster].filter(([, object]) => {
      const database = databaseOf(object)
      return database === undefined || !names.has(unquote(database))
    }),
  )
}

/** The database that an object of the cluster is or belongs to, quoted where it needs to be. */
function databaseOf({ class: kind, identity }: CatalogObject): string | undefined {
  if (kind === 'database') return identity
  if (kind === 'settings') return readSettingsOwner(identity).database
  return kind === 'subscription' ? readSubscription(identity).database : undefined
}
