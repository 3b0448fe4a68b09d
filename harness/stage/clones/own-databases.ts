import { readSettingsOwner, readSubscription, unquote } from '../../clone/overlay/identities.ts'
import type { Catalog, CatalogObject } from '../../fingerprint/catalog/catalog.ts'

/** Databases that the harness puts beside the clone, by what they are for. */
export const ownDatabases = {
  /** The clone as it was made; only our reader may connect to it. */
  entry: 'dress_rehearsal_entry',
  /** Where the clone that was stepped through waits while proofs run on others of its name. */
  stepped: 'dress_rehearsal_stepped',
  seal: 'dress_rehearsal_seal',
  controls: 'dress_rehearsal_controls',
  controlsEntry: 'dress_rehearsal_controls_entry',
  /** What golden's dump is restored to. */
  goldenRestored: 'dress_rehearsal_golden',
} as const

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
