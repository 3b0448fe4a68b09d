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
 * Compares what the tiers' effects come to together with what lies between the clone before the first and after the
 * last: rows and values given out by number, objects and changed tables by name. One sentence for each that is amiss.
 */
export function sumEffects(tiers: readonly TierEffect[], before: Reading, after: Reading): string[] {
  const effects = tiers.flatMap(({ effect }) => effect ?? [])
  return [
    ...reportProgress('rows of', sumRows(effects), netRows(before, after)),
    ...reportProgress(
      'values of sequence',
      sumSequences(effects, before, after),
      netSequences(before, after),
    ),
    ...reportProgress('object', sumObjects(effects, before), netObjects(after)),
    ...changedRelations(before.fingerprint, after.fingerprint)
      .filter((table) => after.fingerprint.contents.has(table))
      .filter((table) => !effects.some(({ tables, objects }) => table in tables || makes(objects, table)))
      .map((table) => `the tiers do not add up: ${table} is not as it was, and no tier has changed it`),
  ]
}

function reportProgress(what: string, sum: Record<string, number>, net: Record<string, number>): string[] {
  return Object.entries(differences(withoutZeros(sum), withoutZeros(net))).map(
    ([name, { before, after }]) =>
      `the tiers do not add up: ${what} ${name}: ${before ?? 0} by the tiers, ${after ?? 0} in all`,
  )
}

function sumRows(effects: readonly Effect[]): Record<string, number> {
  return sum(
    effects.flatMap(({ tables }) =>
      Object.entries(tables).map(([name, { inserted, deleted }]) => [name, inserted - deleted] as const),
    ),
  )
}

function netRows(before: Reading, after: Reading): Record<string, number> {
  return Object.fromEntries(
    Object.entries(differences(rowCounts(before), rowCounts(after))).map(([name, sides]) => [
      name,
      (sides.after ?? 0) - (sides.before ?? 0),
    ]),
  )
}

/** Of sequences that were there before and are there after: one made on the way is told as an object. */
function sumSequences(effects: readonly Effect[], before: Reading, after: Reading): Record<string, number> {
  const isThere = (name: string) =>
    before.fingerprint.sequences.has(name) && after.fingerprint.sequences.has(name)
  return sum(
    effects.flatMap(({ sequences }) =>
      Object.entries(sequences).flatMap(([name, { moved }]) =>
        moved !== null && isThere(name) ? [[name, moved] as const] : [],
      ),
    ),
  )
}

function netSequences(before: Reading, after: Reading): Record<string, number> {
  return Object.fromEntries(
    [...before.fingerprint.sequences].flatMap(([name, position]) => {
      const now = after.fingerprint.sequences.get(name)
      return now === undefined ? [] : [[name, countGivenOut(position, now)]]
    }),
  )
}

/** Object → 1 where the tiers, one after the other, leave it. */
function sumObjects(effects: readonly Effect[], { fingerprint }: Reading): Record<string, number> {
  const left = new Set(objectKeys(fingerprint))
  for (const { objects } of effects) {
    for (const { class: kind, identity } of objects.dropped) left.delete(`${kind} ${identity}`)
    for (const { class: kind, identity } of objects.created) left.add(`${kind} ${identity}`)
  }
  return Object.fromEntries([...left].map((key) => [key, 1]))
}

function netObjects({ fingerprint }: Reading): Record<string, number> {
  return Object.fromEntries(objectKeys(fingerprint).map((key) => [key, 1]))
}

function objectKeys({ catalog, cluster, system }: Reading['fingerprint']): string[] {
  return [...catalog.keys(), ...cluster.keys(), ...system.keys()]
}

function makes(objects: Effect['objects'], table: string): boolean {
  return objects.created.some(
    ({ class: kind, identity }) =>
      ['table', 'materialized view'].includes(kind) && (identity === table || identity === `public.${table}`),
  )
}

function sum(pairs: readonly (readonly [string, number])[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const [name, count] of pairs) sums[name] = (sums[name] ?? 0) + count
  return sums
}

function withoutZeros(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0))
}
