import { compareCatalogs } from '../fingerprint/catalog/compare-catalogs.ts'
import { changedRelations } from '../fingerprint/row-diffs.ts'
import { tableEffects } from '../fingerprint/effect.ts'
import { describePositions } from '../fingerprint/sequences.ts'
import { rowCounts, type Reading } from '../measure/reading.ts'
import { compareAcross, compareCopied, findExcused, type RestoredDump } from './compare-dump.ts'
import { compareValues, listObjects, type Difference } from './difference.ts'

/** Which parts of two readings must be alike, and what is known of them. */
export interface Comparison {
  /** Default: true. A rollback moves sequences on, which is judged apart. */
  readonly sequences?: boolean
  /**
   * The second was read right after the first, with it as the earlier one: rows rewritten without a change are
   * reported, too.
   */
  readonly isNext?: boolean
  /** The second was restored from a dump of the first: what a dump loses is no difference, but is added here. */
  readonly dump?: RestoredDump | undefined
}

/** Every respect in which two readings differ; empty where they are equal. */
export async function compareReadings(
  first: Reading,
  second: Reading,
  { sequences = true, isNext = false, dump }: Comparison = {},
): Promise<Difference[]> {
  const common = (figures: Reading['figures'], other: Reading['figures']) =>
    Object.fromEntries(Object.entries(figures).filter(([name]) => name in other))
  const [one, two] = [first.fingerprint, second.fingerprint]
  const counts = compareValues('rows', rowCounts(first), rowCounts(second))
  const changed = changedRelations(one, two)
  const excused = findExcused(changed, { source: first, restored: second }, dump)
  const objects = await compareAcross(one.catalog, two.catalog, dump)
  // The system's own objects and those of the cluster.
  const beside = dump
    ? compareCopied(one, two, dump)
    : [compareCatalogs(one.system, two.system), compareCatalogs(one.cluster, two.cluster)]
  return [
    ...compareValues('measure', common(first.figures, second.figures), common(second.figures, first.figures)),
    ...counts.filter(({ name }) => !excused.has(name)),
    ...changed
      .filter((table) => !excused.has(table) && !counts.some(({ name }) => name === table))
      .map((table) => ({ kind: 'content' as const, table })),
    ...compareValues(
      'large object',
      Object.fromEntries(one.largeObjects),
      Object.fromEntries(two.largeObjects),
    ),
    ...(isNext ? findRewritten(first, second) : []),
    ...(sequences
      ? compareValues('sequence', describePositions(one.sequences), describePositions(two.sequences))
      : []),
    ...[objects, ...beside].flatMap(listObjects),
  ]
}

function findRewritten(first: Reading, second: Reading): Difference[] {
  return Object.entries(tableEffects(first, second))
    .filter(([, { rewritten }]) => rewritten > 0)
    .map(([table, { rewritten }]) => ({ kind: 'rewritten', table, rows: rewritten }))
}
