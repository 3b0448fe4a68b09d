import {
  compareCatalogs,
  type AlteredObject,
  type CatalogDifference,
} from '../fingerprint/catalog/compare-catalogs.ts'
import { changedRelations } from '../fingerprint/row-diffs.ts'
import { effectBetween, type TableEffect } from '../fingerprint/effect.ts'
import { describePositions } from '../fingerprint/sequences.ts'
import { rowCounts, type Reading } from '../measure/reading.ts'
import { differences } from './differing-figures.ts'
import { compareAcross, compareCopied, findExcused, type RestoredDump } from './compare-dump.ts'

/** Which parts of two readings must be alike, and what is known of them. */
export interface Comparison {
  /** Default: true. A rollback moves sequences on, which is judged apart. */
  readonly sequences?: boolean
  /** The second was read right after the first, with it as the earlier one: rows written for nothing are told, too. */
  readonly isNext?: boolean
  /** The second was restored from a dump of the first: what a dump does not carry is no difference, but told here. */
  readonly dump?: RestoredDump | undefined
}

/** Every respect in which two readings differ, one sentence each; empty where they are equal. */
export async function describeDifferences(
  firstName: string,
  first: Reading,
  secondName: string,
  second: Reading,
  { sequences = true, isNext = false, dump }: Comparison = {},
): Promise<string[]> {
  const common = (figures: Reading['figures'], other: Reading['figures']) =>
    Object.fromEntries(Object.entries(figures).filter(([name]) => name in other))
  const tell = (what: string, entries: ReturnType<typeof differences<string | number>>): string[] =>
    Object.entries(entries).map(
      ([name, { before, after }]) =>
        `${what} ${name}: ${show(before)} in ${firstName}, ${show(after)} in ${secondName}`,
    )
  const [one, two] = [first.fingerprint, second.fingerprint]
  const counts = differences(rowCounts(first), rowCounts(second))
  const changed = changedRelations(one, two)
  const excused = findExcused(changed, { source: first, restored: second }, dump)
  const objects = await compareAcross(one.catalog, two.catalog, dump)
  // The system's own objects and those of the cluster.
  const beside = dump
    ? compareCopied(one, two, dump)
    : [compareCatalogs(one.system, two.system), compareCatalogs(one.cluster, two.cluster)]
  return [
    ...tell(
      'measure',
      differences(common(first.figures, second.figures), common(second.figures, first.figures)),
    ),
    ...tell('rows of', Object.fromEntries(Object.entries(counts).filter(([table]) => !excused.has(table)))),
    ...changed
      .filter((table) => !(table in counts) && !excused.has(table))
      .map(
        (table) =>
          `content of ${table} differs between ${firstName} and ${secondName}, at the same number of rows`,
      ),
    ...tell(
      'large object',
      differences(Object.fromEntries(one.largeObjects), Object.fromEntries(two.largeObjects)),
    ).map((sentence) => sentence.replace(/(\d+)\/\S+ in/g, '$1 bytes in')),
    ...(isNext ? describeRewritten(effectBetween(first, second).tables) : []),
    ...(sequences
      ? tell('sequence', differences(describePositions(one.sequences), describePositions(two.sequences)))
      : []),
    ...describeObjects(firstName, secondName, objects),
    ...beside.flatMap((difference) => describeObjects(firstName, secondName, difference)),
  ]
}

/** Each object that is not alike in both, one sentence each; what came or went with its parent is told by that. */
export function describeObjects(
  firstName: string,
  secondName: string,
  { created, dropped, altered }: CatalogDifference,
): string[] {
  const only = (objects: CatalogDifference['created'], name: string) =>
    objects
      .filter(({ withParent }) => !withParent)
      .map((object) => `${object.class} ${object.identity} is in ${name} only`)
  return [
    ...only(created, secondName),
    ...only(dropped, firstName),
    ...altered.flatMap((object) => describeAltered(object, firstName, secondName)),
  ]
}

/** One sentence an attribute, with its two values. */
function describeAltered(
  { class: kind, identity, attributes }: AlteredObject,
  firstName: string,
  secondName: string,
): string[] {
  return Object.entries(attributes).map(
    ([name, { before, after }]) =>
      `${kind} ${identity}: ${name} is ${showValue(before)} in ${firstName}, ${showValue(after)} in ${secondName}`,
  )
}

function describeRewritten(tables: Readonly<Record<string, TableEffect>>): string[] {
  return Object.entries(tables)
    .filter(([, { rewritten }]) => rewritten > 0)
    .map(([table, { rewritten }]) => `${rewritten} rows of ${table} were written anew with the same content`)
}

function showValue(value: string | null): string {
  if (value === null) return 'not set'
  return value.length > 200 ? `${JSON.stringify(value.slice(0, 200))}…` : JSON.stringify(value)
}

function show(value: string | number | null): string {
  return value === null ? 'absent' : String(value)
}
