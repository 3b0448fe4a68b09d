import type { Effect } from '../../evidence/schema.ts'
import { changedRelations } from '../../fingerprint/row-diffs.ts'
import { countGivenOut } from '../../fingerprint/sequences.ts'
import { differences } from '../../comparison/differing-figures.ts'
import { rowCounts, type Reading } from '../../measure/reading.ts'

/** The effect that was measured of a tier; null where it was not performed. */
export interface TierEffect {
  readonly id: string
  readonly effect: Effect | null
}

/**
 * Compares the sum of the tiers' effects with the difference between the clone before the first and after the
 * last: rows and values given out by number, objects and changed tables by name. One sentence for each mismatch.
 */
export function sumEffects(tiers: readonly TierEffect[], before: Reading, after: Reading): string[] {
  const effects = tiers.flatMap(({ effect }) => effect ?? [])
  const rows = effects.flatMap(({ tables }) =>
    Object.entries(tables).map(([name, { inserted, deleted }]): Count => [name, inserted - deleted]),
  )
  const netRows = [
    ...Object.entries(rowCounts(after)),
    ...Object.entries(rowCounts(before)).map(([name, count]): Count => [name, -count]),
  ]
  // A sequence created in between is an object.
  const netValues = [...before.fingerprint.sequences].flatMap(([name, position]): Count[] => {
    const now = after.fingerprint.sequences.get(name)
    return now === undefined ? [] : [[name, countGivenOut(position, now)]]
  })
  const lasting = new Map(netValues)
  const values = effects.flatMap(({ sequences }) =>
    Object.entries(sequences).flatMap(([name, { moved }]): Count[] =>
      moved !== null && lasting.has(name) ? [[name, moved]] : [],
    ),
  )
  return [
    ...compareSums('rows of', rows, netRows),
    ...compareSums('values of sequence', values, netValues),
    ...compareSums('object', countOnce(leaveObjects(effects, before)), countOnce(objectKeys(after))),
    ...changedRelations(before.fingerprint, after.fingerprint)
      .filter((table) => after.fingerprint.contents.has(table))
      .filter((table) => !effects.some(({ tables, objects }) => table in tables || makes(objects, table)))
      .map((table) => `the tiers do not add up: ${table} is not as it was, and no tier has changed it`),
  ]
}

type Count = readonly [name: string, count: number]

function compareSums(what: string, byTiers: readonly Count[], inAll: readonly Count[]): string[] {
  return Object.entries(differences(sum(byTiers), sum(inAll))).map(
    ([name, { before, after }]) =>
      `the tiers do not add up: ${what} ${name}: ${before ?? 0} by the tiers, ${after ?? 0} in all`,
  )
}

/** The objects that the tiers, one after the other, leave. */
function leaveObjects(effects: readonly Effect[], before: Reading): Set<string> {
  const left = new Set(objectKeys(before))
  for (const { objects } of effects) {
    for (const { class: kind, identity } of objects.dropped) left.delete(`${kind} ${identity}`)
    for (const { class: kind, identity } of objects.created) left.add(`${kind} ${identity}`)
  }
  return left
}

function objectKeys({ fingerprint: { catalog, cluster, system } }: Reading): string[] {
  return [...catalog.keys(), ...cluster.keys(), ...system.keys()]
}

function countOnce(keys: Iterable<string>): Count[] {
  return [...keys].map((key) => [key, 1])
}

function makes(objects: Effect['objects'], table: string): boolean {
  return objects.created.some(
    ({ class: kind, identity }) =>
      ['table', 'materialized view'].includes(kind) && (identity === table || identity === `public.${table}`),
  )
}

/** The sum of each name, where it is not 0. */
function sum(counts: readonly Count[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const [name, count] of counts) sums[name] = (sums[name] ?? 0) + count
  return Object.fromEntries(Object.entries(sums).filter(([, count]) => count !== 0))
}
