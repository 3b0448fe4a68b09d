import { readSettingsOwner, readSubscription, unquote } from '../../clone/overlay/identities.ts'
import type { Catalog, CatalogObject } from '../../fingerprint/catalog/catalog.ts'

/** Databases that the harness puts beside the clone, by what they are for; no release makes one of these names. */
export const ownDatabases = {
  /** The clone as it was made; only our reader may connect to it. */
  entry: 'dress_rehearsal_entry',
  /** Where the clone that was stepped through waits while proofs run on others of its name. */
  stepped: 'dress_rehearsal_stepped',
  seal: 'dress_rehearsal_seal',
  controls: 'dress_rehearsal_controls',
  controlsEntry: 'dress_rehearsal_controls_entry',
} as const

const names: ReadonlySet<string> = new Set(Object.values(ownDatabases))

/** The cluster's objects without these databases, and what belongs to them. */
export function withoutOwnDatabases(cluster: Catalog): Catalog {
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
