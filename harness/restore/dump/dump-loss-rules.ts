import type { CatalogDifference } from '../../fingerprint/catalog/compare-catalogs.ts'
import type { Catalog } from '../../fingerprint/catalog/catalog-object.ts'
import type { DumpLossRule } from '../../evidence/dump-loss-fact.ts'
import type { Pair } from './pair.ts'
import { isBlanked, isReordered } from '../blanking/is-blanked.ts'

/** An attribute of an object that both have, with its two values. */
export interface Attribute {
  readonly class: string
  readonly object: string
  readonly attribute: string
  readonly before: string | null
  readonly after: string | null
}

interface AttributeRule {
  readonly name: DumpLossRule
  /** The release may change both values, which still differ for the same reason. */
  readonly isLasting?: true
  /** Members of an extension are reported together. */
  readonly isTogether?: true
  readonly isCarried: (change: Attribute, catalogs: Pair<Catalog>) => boolean
}

/** The rules by which an attribute that differs between a database and its restored dump is a dump loss. */
export const attributeRules: readonly AttributeRule[] = [
  {
    // pg_dump --no-owner --no-acl (PostgreSQL manual, "pg_dump").
    name: 'privileges',
    isLasting: true,
    isCarried: ({ attribute }) => attribute === 'owner' || attribute === 'grants',
  },
  {
    // Keys of partitions are made one by one and attached: only those created with their parent count as inherited.
    name: 'partition constraint',
    isLasting: true,
    isCarried: ({ class: kind, object, attribute }, { source }) =>
      kind === 'constraint' &&
      ['not inherited', 'local', 'parents that have it'].includes(attribute) &&
      parentOf(source, object)?.attributes['partition bound'] != null,
  },
  {
    // A child table is made with its own columns behind the inherited ones.
    name: 'inherited column order',
    isLasting: true,
    isCarried: ({ class: kind, object, attribute }, { source }) =>
      kind === 'column' &&
      attribute === 'position' &&
      parentOf(source, object)?.attributes['parents'] != null,
  },
  {
    // CREATE EXTENSION names no version: the newest that is installed is taken, with its own members.
    name: 'extension version',
    isTogether: true,
    isCarried: ({ class: kind, object, attribute }, catalogs) =>
      (kind === 'extension' && attribute === 'version') ||
      (!privileges.has(attribute) && hasOtherVersion(sharedExtension(object, catalogs), catalogs)),
  },
  {
    // Members come from the extension's own script: of what was done to them since, a dump carries the grants alone.
    name: 'extension member',
    isCarried: ({ class: kind, object, attribute }, catalogs) =>
      ['function', 'procedure'].includes(kind) &&
      sharedExtension(object, catalogs) !== undefined &&
      !privileges.has(attribute),
  },
  {
    // ALTER TABLE … DISABLE TRIGGER ALL also disables those of foreign keys, which a dump does not mention.
    name: 'disabled constraint trigger',
    isCarried: ({ class: kind, object, attribute, before, after }, { source }) =>
      kind === 'trigger' &&
      attribute === 'enabled' &&
      source.get(object)?.attributes['internal'] === 'true' &&
      before !== 'origin' &&
      after === 'origin',
  },
  {
    // Their options, which may hold a password, are a superuser's to see: a dump by anybody else leaves them out.
    name: 'user mapping',
    isCarried: ({ class: kind, attribute, after }) =>
      kind === 'user mapping' && attribute === 'digest of the options' && after === null,
  },
  {
    // CREATE EXTENSION gives the first rights on a member in the name of who restores the dump; those of now are
    // compared.
    name: 'initial grants',
    isTogether: true,
    isCarried: ({ object, attribute, before, after }, catalogs) =>
      attribute === 'initial grants' &&
      sharedExtension(object, catalogs) !== undefined &&
      before !== null &&
      after !== null &&
      withOneGrantor(before) === withOneGrantor(after),
  },
  { name: 'option order', isCarried: isReordered },
  // What leads to another server is taken from a restored database (blanking/blanking.ts).
  { name: 'blanked', isCarried: isBlanked },
]

interface LoneFound {
  readonly rule: DumpLossRule
  readonly attribute: string
  readonly value: string | null
  /** The extension of which it is a member, if these are reported together. */
  readonly extension?: string
}

/**
 * The rule by which an object may be in only one of the two, with what is reported of it; undefined if there is none.
 */
export function findLone(
  object: CatalogDifference['created'][number],
  side: keyof Pair<Catalog>,
  catalogs: Pair<Catalog>,
  hasPrivileges: boolean,
): LoneFound | undefined {
  const { class: kind, identity, attributes } = object
  if (!hasPrivileges && kind === 'default privileges')
    return { rule: 'privileges', attribute: 'grants', value: null }
  // What a failed CREATE INDEX CONCURRENTLY left: pg_dump leaves it out.
  if (side === 'source' && kind === 'index' && attributes['valid'] === 'false')
    return { rule: 'invalid index', attribute: 'valid', value: 'false' }
  // Of a system column or a view's rule, pg_dump leaves the comment out.
  if (side === 'source' && kind === 'other object')
    return { rule: 'bare comment', attribute: 'comment', value: attributes['comment'] ?? null }
  // Subscriptions are left out by a dump that no superuser makes; a clone must not subscribe to anything anyway.
  if (side === 'source' && ['subscription', 'subscribed table'].includes(kind))
    return { rule: 'subscription', attribute: 'left out', value: null }
  const extension = extensionOf(catalogs[side], `${kind} ${identity}`)
  return extension !== undefined && hasOtherVersion(extension, catalogs)
    ? { rule: 'extension version', attribute: 'member', value: extension, extension }
    : undefined
}

const privileges: ReadonlySet<string> = new Set(['owner', 'grants', 'initial grants'])

function parentOf(catalog: Catalog, key: string) {
  const parent = catalog.get(key)?.parent
  return parent == null ? undefined : catalog.get(parent)
}

/** The extension that the object came with, by itself or as a part of one of its members. */
function extensionOf(catalog: Catalog, key: string): string | undefined {
  const object = catalog.get(key)
  const extension = object?.attributes['extension']
  if (extension != null) return extension
  return object?.parent == null ? undefined : extensionOf(catalog, object.parent)
}

/** The extension of which the object is a member; undefined for the extension itself. */
export function memberOf(catalog: Catalog, key: string): string | undefined {
  return catalog.get(key)?.class === 'extension' ? undefined : extensionOf(catalog, key)
}

/** The extension of which it is a member on both sides. */
function sharedExtension(key: string, { source, restored }: Pair<Catalog>): string | undefined {
  const extension = extensionOf(source, key)
  return extensionOf(restored, key) === extension ? extension : undefined
}

function hasOtherVersion(extension: string | undefined, { source, restored }: Pair<Catalog>): boolean {
  const [one, other] = [source, restored].map(
    (catalog) => catalog.get(`extension ${extension}`)?.attributes['version'],
  )
  return one !== undefined && other !== undefined && one !== other
}

/** Grants (`grantee=privileges/grantor, …`) with their grantor under another name, where they have but one. */
function withOneGrantor(grants: string): string {
  const grantors = new Set(grants.split(', ').map((grant) => grant.slice(grant.lastIndexOf('/') + 1)))
  const [grantor] = grantors
  if (grantor === undefined || grantors.size > 1) return grants
  const rename = (grant: string) => {
    const [grantee = '', rights = ''] = grant.slice(0, -grantor.length - 1).split('=')
    return `${grantee === grantor ? '<grantor>' : grantee}=${rights}`
  }
  return grants.split(', ').map(rename).sort().join(', ')
}
