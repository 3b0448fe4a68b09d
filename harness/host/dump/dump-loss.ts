import type { AlteredObject, CatalogDifference } from '../../fingerprint/catalog/compare-catalogs.ts'
import type { Catalog } from '../../fingerprint/catalog/catalog.ts'
import {
  attributeRules,
  findLone,
  memberOf,
  type Attribute,
  type DumpLossException,
} from './dump-loss-rules.ts'

/** An object that a restored dump gives in another way, and the rule by which it may. */
export interface DumpLoss {
  readonly rule: DumpLossException
  readonly object: string
  readonly attribute: string
  readonly before: string | null
  readonly after: string | null
  /** The extension of which the object is a member, where all of them are told together. */
  readonly extension?: string | undefined
}

/** A database, and another that was restored from its dump. */
export interface Pair<T> {
  readonly source: T
  readonly restored: T
}

export interface DumpLossSettings {
  /** Whether owners and grants were brought over beside the dump; without, they are not compared. */
  readonly privileges: boolean
  /**
   * The two as they were when the dump was restored, where a release has run on them since: what it has changed on
   * either side is its own, and none of the dump.
   */
  readonly atRestore?: Pair<Catalog> | undefined
}

/** Takes from a difference, source first, what a dump does not carry. */
export function withoutDumpLosses(
  difference: CatalogDifference,
  catalogs: Pair<Catalog>,
  { privileges, atRestore = catalogs }: DumpLossSettings,
): { difference: CatalogDifference; carried: DumpLoss[] } {
  const carried: DumpLoss[] = []
  const active = attributeRules.filter(({ name }) => name !== 'privileges' || !privileges)
  const isOfDump = ({ object, attribute, before, after }: Attribute) =>
    valueOf(atRestore.source, object, attribute) === before &&
    valueOf(atRestore.restored, object, attribute) === after
  const altered = difference.altered.flatMap((object) => {
    const attributes = Object.entries(object.attributes).filter(([attribute, sides]) => {
      const key = `${object.class} ${object.identity}`
      const change = { class: object.class, object: key, attribute, ...sides }
      const rule = active.find(
        ({ isLasting, isCarried }) => isCarried(change, catalogs) && (isLasting === true || isOfDump(change)),
      )
      if (rule !== undefined) {
        const extension = rule.isTogether && memberOf(catalogs.source, key)
        carried.push({ rule: rule.name, object: key, attribute, ...sides, extension: extension || undefined })
      }
      return rule === undefined
    })
    return attributes.length === 0 ? [] : [{ ...object, attributes: Object.fromEntries(attributes) }]
  }) satisfies AlteredObject[]

  const without = (objects: CatalogDifference['created'], side: keyof Pair<Catalog>) =>
    objects.filter((object) => {
      const key = `${object.class} ${object.identity}`
      const found = findLone(object, side, catalogs, privileges)
      const [here, there] = [atRestore[side], atRestore[side === 'source' ? 'restored' : 'source']]
      if (found === undefined || !(found.rule === 'privileges' || (here.has(key) && !there.has(key))))
        return true
      const { rule, attribute, value, extension } = found
      const sides = side === 'source' ? { before: value, after: null } : { before: null, after: value }
      carried.push({ rule, object: key, attribute, ...sides, extension })
      return false
    })
  return {
    difference: {
      created: without(difference.created, 'restored'),
      dropped: without(difference.dropped, 'source'),
      altered,
    },
    carried,
  }
}

function valueOf(catalog: Catalog, key: string, attribute: string): string | null {
  return catalog.get(key)?.attributes[attribute] ?? null
}

/** A materialized view is filled anew when a dump is restored: what it had kept of older rows is not carried. */
export function isFilledAnew(table: string, source: Catalog): boolean {
  return source.has(`materialized view ${table}`) || source.has(`materialized view public.${table}`)
}

/**
 * Each instance by rule, one sentence each, for the evidence; what came with an extension in one sentence for all of
 * it, with a few names.
 */
export function describeDumpLosses(carried: readonly DumpLoss[]): string[] {
  const single: string[] = []
  const members = new Map<string, Set<string>>()
  for (const { rule, object, attribute, before, after, extension } of carried) {
    if (extension === undefined) {
      const sides = before === after ? '' : ` ${shorten(before)} → ${shorten(after)}`
      single.push(`${rule}: ${object}, ${attribute}${sides}`)
    } else {
      const key = `${rule}: extension ${extension}`
      members.set(key, (members.get(key) ?? new Set()).add(object))
    }
  }
  const together = [...members].map(([extension, objects]) => {
    const names = [...objects].sort()
    const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : ''
    return `${extension}, ${names.length} of its members: ${names.slice(0, mostNames).join('; ')}${more}`
  })
  return [...single, ...together].sort()
}

const mostNames = 3

function shorten(value: string | null): string {
  if (value === null) return 'not set'
  return value.length > 60 ? `${value.slice(0, 60)}…` : value
}
