import { isDeepStrictEqual } from 'node:util'
import type { Catalog } from '../../fingerprint/catalog/catalog.ts'
import { compareCatalogs } from '../../fingerprint/catalog/compare-catalogs.ts'
import { changeBetween } from '../../fingerprint/content/row-diff.ts'
import type { ImageKind } from '../../fingerprint/content/image.ts'
import { changedRelations, rowDiffOf, readRowDiffs, type RowDiffs } from '../../fingerprint/row-diffs.ts'
import { inOneSnapshot } from '../../fingerprint/readers.ts'
import { describePositions } from '../../fingerprint/sequences.ts'
import { differences } from '../../comparison/differing-figures.ts'
import type { Reading } from '../../measure/reading.ts'
import { describeObjects } from '../../comparison/describe-differences.ts'
import type { Clone } from '../../host/host.ts'
import type { Run } from './run.ts'

/** Images under which two honest runs of a release must come to the same. */
type Likeness = Exclude<ImageKind, 'exact'>

/** The clone with the whole release applied, tier by tier. */
export interface Applied {
  readonly reading: Reading
  readonly deltas: Readonly<Record<Likeness, RowDiffs>>
}

/** Reads how the clone differs from entry, in the ways in which other runs are compared with it. */
export async function readApplied(run: Run, clone: Clone, reading: Reading): Promise<Applied> {
  const changed = changedRelations(clone.entry.fingerprint, reading.fingerprint)
  const deltas = {
    settled: await readLike(run, clone, reading, changed, 'settled'),
    natural: await readLike(run, clone, reading, changed, 'natural'),
  }
  return { reading, deltas }
}

/**
 * Every respect in which the clone is not as the stepped release left it, one sentence each. `settled`: but for
 * nondeterministic values. `natural`: but for numbers given in passing, too, which are taken for what they point to.
 */
export async function describeUnlike(
  run: Run,
  { applied, clone, now, likeness }: { applied: Applied; clone: Clone; now: Reading; likeness: Likeness },
): Promise<string[]> {
  const entry = clone.entry.reading
  const [then, today] = [applied.reading.fingerprint, now.fingerprint]
  const changed = changedRelations(then, today)
  const deltas = await readLike(run, clone, now, changed, likeness)
  const rows = changed.flatMap((table) => {
    const { inserted, updated, deleted, keys } = changeBetween(
      rowDiffOf(applied.deltas[likeness], table),
      rowDiffOf(deltas, table),
    )
    if (inserted + updated + deleted === 0) return []
    const sample = keys.length === 0 ? '' : ` (among them ${keys.join(', ')})`
    return [`rows of ${table}: ${inserted} more, ${deleted} less, ${updated} other${sample}`]
  })
  const moved =
    likeness === 'natural'
      ? {}
      : differences(describePositions(then.sequences), describePositions(today.sequences))
  return [
    ...rows,
    ...Object.entries(moved).map(
      ([name, { before, after }]) => `sequence ${name}: ${before} stepped, ${after} here`,
    ),
    ...describeLargeObjects(entry.fingerprint.largeObjects, then.largeObjects, today.largeObjects),
    ...describeObjects(
      'the stepped clone',
      'this one',
      compareCatalogs(
        withoutNewLargeObjects(entry, then.catalog),
        withoutNewLargeObjects(entry, today.catalog),
      ),
    ),
    ...describeObjects('the stepped clone', 'this one', compareCatalogs(then.cluster, today.cluster)),
    ...describeObjects('the stepped clone', 'this one', compareCatalogs(then.system, today.system)),
  ]
}

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

/** Large objects of entry are compared by their OIDs; those that the release made, whose OIDs the server gave, by bytes. */
export function describeLargeObjects(
  entry: ReadonlyMap<string, string>,
  then: ReadonlyMap<string, string>,
  today: ReadonlyMap<string, string>,
): string[] {
  const known = [...entry.keys()].filter((oid) => then.get(oid) !== today.get(oid))
  const made = [then, today].map((objects) =>
    [...objects].flatMap(([oid, digest]) => (entry.has(oid) ? [] : [digest])).sort(),
  )
  return [
    ...known.map((oid) => `large object ${oid}: other bytes`),
    ...(isDeepStrictEqual(made[0], made[1]) ? [] : ['large objects that the release made: other bytes']),
  ]
}

function withoutNewLargeObjects({ fingerprint }: Reading, catalog: Catalog): Catalog {
  return new Map(
    [...catalog].filter(([key, object]) => object.class !== 'large object' || fingerprint.catalog.has(key)),
  )
}
