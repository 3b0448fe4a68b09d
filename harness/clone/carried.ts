import type { AlteredObject, CatalogDifference } from '../fingerprint/catalog/compare-catalogs.ts'
import { isBlanked, isReordered } from './seal/is-blanked.ts'
import type { Catalog } from '../fingerprint/catalog/catalog.ts'

/** What a dump does not carry, and what sealing takes away; a closed list, of which each instance is told. */
export type CarryException =
  | 'privileges'
  | 'invalid index'
  | 'partition constraint'
  | 'inherited column order'
  | 'extension version'
  | 'option order'
  | 'sealed'
  | 'stale materialized view'

/** An object that a restored dump gives in another way, and the rule by which it may. */
export interface Carried {
  readonly rule: CarryException
  readonly object: string
  readonly attribute: string
  readonly before: string | null
  readonly after: string | null
}

export interface CarrySettings {
  /** Whether owners and grants were brought over beside the dump; without, they are not compared. */
  readonly privileges: boolean
}

type Attribute = Omit<Carried, 'rule'> & { readonly class: string; readonly parent: string | null }

/** Each rule: which change of an attribute between a database and its restored dump is no change of the database. */
const rules: Readonly<
  Record<
    Exclude<CarryException, 'invalid index' | 'stale materialized view'>,
    (change: Attribute, source: Catalog) => boolean
  >
> = {
  // pg_dump --no-owner --no-acl (PostgreSQL manual, "pg_dump").
  privileges: ({ attribute }) => attribute === 'owner' || attribute === 'grants',
  // Keys of partitions are made one by one and attached: only those made with their parent are told as inherited.
  'partition constraint': ({ class: kind, attribute, parent }, source) =>
    kind === 'constraint' &&
    ['not inherited', 'local', 'parents that have it'].includes(attribute) &&
    parent !== null &&
    source.get(parent)?.attributes['partition bound'] != null,
  // A child table is made with its own columns behind the inherited ones.
  'inherited column order': ({ class: kind, attribute, parent }, source) =>
    kind === 'column' &&
    attribute === 'position' &&
    parent !== null &&
    source.get(parent)?.attributes['parents'] != null,
  // CREATE EXTENSION names no version: the newest that is installed is taken.
  'extension version': ({ class: kind, attribute }) => kind === 'extension' && attribute === 'version',
  'option order': isReordered,
  // What leads to another server is taken from a restored database (seal/seal.ts).
  sealed: isBlanked,
}

/** Takes from a difference, source first, what a dump does not carry. */
export function withoutCarried(
  difference: CatalogDifference,
  source: Catalog,
  { privileges }: CarrySettings,
): { difference: CatalogDifference; carried: Carried[] } {
  const carried: Carried[] = []
  const active = Object.entries(rules).filter(([rule]) => rule !== 'privileges' || !privileges)
  const altered = difference.altered.flatMap((object) => {
    const attributes = Object.entries(object.attributes).filter(([attribute, sides]) => {
      const key = `${object.class} ${object.identity}`
      const parent = source.get(key)?.parent ?? null
      const change = { class: object.class, object: key, parent, attribute, ...sides }
      const rule = active.find(([, isCarried]) => isCarried(change, source))?.[0]
      if (rule === undefined) return true
      carried.push({ rule: rule as CarryException, object: key, attribute, ...sides })
      return false
    })
    return attributes.length === 0 ? [] : [{ ...object, attributes: Object.fromEntries(attributes) }]
  }) satisfies AlteredObject[]
  const isPrivilege = (object: CatalogDifference['created'][number]) =>
    !privileges && object.class === 'default privileges'
  for (const object of [...difference.dropped, ...difference.created].filter(isPrivilege)) {
    const name = `${object.class} ${object.identity}`
    carried.push({ rule: 'privileges', object: name, attribute: 'grants', before: null, after: null })
  }
  for (const { identity } of difference.dropped.filter(isInvalidIndex)) {
    const object = `index ${identity}`
    carried.push({ rule: 'invalid index', object, attribute: 'valid', before: 'false', after: null })
  }
  for (const { identity } of difference.dropped.filter(isSubscribed)) {
    const object = `subscribed table ${identity}`
    carried.push({ rule: 'sealed', object, attribute: 'subscription', before: null, after: null })
  }
  const without = (objects: CatalogDifference['created']) => objects.filter((object) => !isPrivilege(object))
  return {
    difference: {
      created: without(difference.created),
      dropped: without(difference.dropped).filter(
        (object) => !isInvalidIndex(object) && !isSubscribed(object),
      ),
      altered,
    },
    carried,
  }
}

/** What a failed CREATE INDEX CONCURRENTLY left: pg_dump leaves it out. */
function isInvalidIndex({ class: kind, attributes }: CatalogDifference['dropped'][number]): boolean {
  return kind === 'index' && attributes['valid'] === 'false'
}

/** Goes with its subscription. */
function isSubscribed({ class: kind }: CatalogDifference['dropped'][number]): boolean {
  return kind === 'subscribed table'
}

/** A materialized view is filled anew when a dump is restored: what it had kept of older rows is not carried. */
export function isFilledAnew(table: string, source: Catalog): boolean {
  const identity = source.has(`materialized view public.${table}`) ? `public.${table}` : table
  return source.has(`materialized view ${identity}`)
}

/** Each instance by rule, one sentence each, for the evidence. */
export function tellCarried(carried: readonly Carried[]): string[] {
  return carried
    .map(
      ({ rule, object, attribute, before, after }) =>
        `${rule}: ${object}, ${attribute}${before === after ? '' : ` ${before ?? 'not set'} → ${after ?? 'not set'}`}`,
    )
    .sort()
}
