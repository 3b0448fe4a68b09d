import type { Catalog, CatalogObject } from '../../fingerprint/catalog/catalog-object.ts'
import { readerName } from '../../production-access/reader.ts'
import { quoteIdentifier } from '../../postgres/session.ts'

/**
 * Classes of a cluster's objects that are copied to the clone's server; for each, the attributes that are not copied,
 * with the reason.
 */
const broughtOver: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  role: {
    'has a password': 'no password leaves production',
    unreadable: 'names the password, which only a superuser may see',
    'security labels': 'need the library of their provider, which the server of the clone does not load',
  },
  membership: {},
  settings: {},
  parameter: {},
  subscription: {},
  database: {
    template: 'says what may be made of the database, and nothing about what is in it',
    'allows connections': 'says the same of a database into which nobody is let: it could not be dumped',
    tablespace: 'is a place on a disk of its server',
    'security labels': 'need the library of their provider, which the server of the clone does not load',
  },
}

/** Classes that are not copied, with the reason. */
const leftBehind: Readonly<Record<string, string>> = {
  tablespace: 'is a place on a disk of its server',
  'replication origin': 'is how far a replication of the server has come',
  'replication slot': 'is what a server keeps for its replicas',
  'prepared transaction': 'is no part of what a dump sees',
  'system setting': 'is the configuration of its server',
}

/** What the reader may not read of production's cluster: the configuration of the server, which is left behind. */
const unread = 'pg_catalog.pg_file_settings'

/**
 * The objects of a cluster that are copied, with the copied attributes: roles, memberships, settings, and the one
 * database, which goes by the name `shownAs`; its comment is ignored if it is a mark. A class that is neither copied
 * nor left out for a reason is compared whole.
 */
export function copiedPart(
  cluster: Catalog,
  database: string,
  shownAs: string,
  { isMarked = false }: { readonly isMarked?: boolean | undefined } = {},
): Catalog {
  const part = new Map<string, CatalogObject>()
  for (const object of cluster.values()) {
    if (object.class in leftBehind || (object.class === 'unreadable' && object.identity === unread)) continue
    // The reader is our own in every cluster.
    if (Object.values(object.parts ?? {}).includes(readerName)) continue
    const identity = identify(object, database, shownAs)
    if (identity === undefined) continue
    const key = `${object.class} ${identity}`
    const attributes = withoutLeftBehind(object)
    if (isMarked && object.class === 'database') delete attributes['comment']
    const other = part.get(key)
    part.set(key, {
      ...object,
      identity,
      attributes: other ? join(other.attributes, attributes) : attributes,
    })
  }
  return part
}

/** The object's name in any cluster to which it is brought; undefined for what belongs to another database. */
function identify({ class: kind, identity, parts = {} }: CatalogObject, database: string, shownAs: string) {
  if (parts.database != null && parts.database !== database) return undefined
  if (kind === 'database') return shownAs
  // Who granted it is not brought over.
  if (kind === 'membership') return `${quote(parts.member!)} in ${quote(parts.role!)}`
  if (kind === 'subscription') return `${shownAs}.${quote(parts.name!)}`
  if (kind !== 'settings' || parts.database == null) return identity
  return `${parts.role == null ? 'all roles' : `role ${quote(parts.role)}`} in database ${shownAs}`
}

function quote(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : quoteIdentifier(name)
}

function withoutLeftBehind({ class: kind, attributes }: CatalogObject): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(attributes).filter(([attribute]) => !(attribute in (broughtOver[kind] ?? {}))),
  )
}

/** A membership that several have granted holds with each option that one of them gave. */
function join(
  one: CatalogObject['attributes'],
  other: CatalogObject['attributes'],
): CatalogObject['attributes'] {
  return Object.fromEntries(
    Object.entries(one).map(([option, value]) => [
      option,
      value === 'true' ? value : (other[option] ?? null),
    ]),
  )
}
