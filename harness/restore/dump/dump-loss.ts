import type { Pair } from './pair.ts'
import type { AlteredObject, CatalogDifference } from '../../fingerprint/catalog/compare-catalogs.ts'
import type { Catalog } from '../../fingerprint/catalog/catalog-object.ts'
import { printDumpLoss, type DumpLossFact, type ObjectLoss } from '../../evidence/dump-loss-fact.ts'
import { attributeRules, findLone, memberOf, type Attribute } from './dump-loss-rules.ts'

/** An object that a restored dump gives in another way, and the rule by which it may. */
export interface DumpLoss extends Readonly<ObjectLoss> {
  /** The extension of which the object is a member, if all members are reported together. */
  readonly extension?: string | undefined
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

/** A materialized view is refreshed when a dump is restored: its older rows are lost. */
export function isFilledAnew(table: string, source: Catalog): boolean {
  return source.has(`materialized view ${table}`) || source.has(`materialized view public.${table}`)
}

/** The losses as evidence holds them: what came with an extension together, and long values cut. */
export function toDumpLossFacts(carried: readonly DumpLoss[]): DumpLossFact[] {
  const members = new Map<string, { rule: DumpLoss['rule']; extension: string; members: Set<string> }>()
  const single = carried.flatMap(({ extension, before, after, ...loss }) => {
    if (extension === undefined) return [{ ...loss, before: shorten(before), after: shorten(after) }]
    const key = `${loss.rule} ${extension}`
    if (!members.has(key)) members.set(key, { rule: loss.rule, extension, members: new Set() })
    members.get(key)!.members.add(loss.object)
    return []
  })
  const together = [...members.values()].map((group) => ({ ...group, members: [...group.members].sort() }))
  const printed = [...single, ...together].map((loss) => [printDumpLoss(loss), loss] as const)
  return printed.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, loss]) => loss)
}

function shorten(value: string | null): string | null {
  return value !== null && value.length > 60 ? `${value.slice(0, 60)}…` : value
}
