import { isDeepStrictEqual } from 'node:util'
import type { Catalog } from '../../fingerprint/catalog/catalog-object.ts'
import { compareCatalogs } from '../../fingerprint/catalog/compare-catalogs.ts'
import { countRows, rowChangeBetween } from '../../fingerprint/content/row-diff.ts'
import type { ImageKind } from '../../fingerprint/content/image.ts'
import { changedRelations, rowDiffOf, readRowDiffs, type RowDiffs } from '../../fingerprint/row-diffs.ts'
import { inOneSnapshot } from '../../fingerprint/readers.ts'
import { describePositions } from '../../fingerprint/sequences.ts'
import { compareValues, listObjects, type Difference } from '../../comparison/difference.ts'
import type { Reading } from '../../measure/reading.ts'
import type { Clone } from '../../host/host.ts'
import type { Run } from './run.ts'

type LargeObjects = Reading['fingerprint']['largeObjects']

/** Images under which two honest runs of a release must give the same result. */
type Likeness = Exclude<ImageKind, 'exact'>

/** The clone with the whole release applied, tier by tier. */
export interface Applied {
  readonly reading: Reading
  readonly rowDiffs: Readonly<Record<Likeness, RowDiffs>>
}

/** Reads how the clone differs from entry, in the ways in which other runs are compared with it. */
export async function readApplied(run: Run, clone: Clone, reading: Reading): Promise<Applied> {
  const changed = changedRelations(clone.entry.fingerprint, reading.fingerprint)
  const rowDiffs = {
    settled: await readLike(run, clone, reading, changed, 'settled'),
    natural: await readLike(run, clone, reading, changed, 'natural'),
  }
  return { reading, rowDiffs }
}

/**
 * Every respect in which the clone (second) is not as the stepped release left it. `settled`: but for nondeterministic
 * values. `natural`: but for surrogate keys, too, which are taken for what they point to.
 */
export async function compareWithApplied(
  run: Run,
  { applied, clone, now, likeness }: { applied: Applied; clone: Clone; now: Reading; likeness: Likeness },
): Promise<Difference[]> {
  const entry = clone.entry.reading.fingerprint
  const [then, today] = [applied.reading.fingerprint, now.fingerprint]
  const changed = changedRelations(then, today)
  const [was, is] = [applied.rowDiffs[likeness], await readLike(run, clone, now, changed, likeness)]
  const withoutNew = (catalog: Catalog) =>
    new Map([...catalog].filter(([key, one]) => one.class !== 'large object' || entry.catalog.has(key)))
  return [
    ...changed
      .map((table) => ({ table, rows: rowChangeBetween(rowDiffOf(was, table), rowDiffOf(is, table)) }))
      .filter(({ rows }) => countRows(rows) > 0)
      .map((one) => ({ kind: 'row by row' as const, ...one })),
    ...(likeness === 'natural'
      ? []
      : compareValues('sequence', describePositions(then.sequences), describePositions(today.sequences))),
    ...compareLargeObjects(entry.largeObjects, then.largeObjects, today.largeObjects),
    ...[
      compareCatalogs(withoutNew(then.catalog), withoutNew(today.catalog)),
      compareCatalogs(then.cluster, today.cluster),
      compareCatalogs(then.system, today.system),
    ].flatMap(listObjects),
  ]
}

/** The names of the two that are compared. */
export const stepped = ['the stepped clone', 'this one'] as const

async function readLike(
  { config }: Run,
  { readers, entry }: Clone,
  now: Reading,
  names: readonly string[],
  kind: Likeness,
): Promise<RowDiffs> {
  const nondeterministic = new Set(Object.keys(config.nondeterministic ?? {}))
  return inOneSnapshot(readers, () =>
    readRowDiffs(entry, readers, now.fingerprint, names, { kind, nondeterministic }),
  )
}

/**
 * Large objects that existed at entry are compared by OID; those that the release created, whose OIDs the server chose,
 * by bytes.
 */
export function compareLargeObjects(
  entry: LargeObjects,
  then: LargeObjects,
  today: LargeObjects,
): Difference[] {
  const [known, knownToday] = [then, today].map((objects) =>
    Object.fromEntries([...objects].filter(([oid]) => entry.has(oid))),
  )
  const [made, madeToday] = [then, today].map((objects) =>
    [...objects].flatMap(([oid, { digest }]) => (entry.has(oid) ? [] : [digest])).sort(),
  )
  return [
    ...compareValues('large object', known!, knownToday!),
    ...(isDeepStrictEqual(made, madeToday) ? [] : [{ kind: 'new large objects' as const }]),
  ]
}
