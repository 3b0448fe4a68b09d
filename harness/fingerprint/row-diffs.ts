import { pinnedSettings } from '../postgres/pinned-settings.ts'
import { makeRowDiff, unchanged, type RowDiff } from './content/row-diff.ts'
import { isSameKey } from './content/relations.ts'
import { inEarlierOrder } from './content/renamed.ts'
import { readDifferingRows, readRows, type RowReading, type RowSource } from './content/rows.ts'
import type { Fingerprint } from './fingerprint.ts'
import { inOneSnapshot, type Readers } from './readers.ts'

/** Relation → how its rows differ from what they were at entry; what is not named is as it was. */
export type RowDiffs = ReadonlyMap<string, RowDiff>

/** The database as it was at entry: a physical copy that nobody writes to. */
export interface EntryCopy {
  readonly readers: Readers
  readonly fingerprint: Fingerprint
}

/** How the rows of the named relations differ from entry. `readers` are in a snapshot, and stay in it. */
export async function readRowDiffs(
  { readers: entryReaders, fingerprint: entry }: EntryCopy,
  readers: Readers,
  now: Fingerprint,
  names: Iterable<string>,
  reading: RowReading,
): Promise<RowDiffs> {
  const wanted = [...names]
  if (wanted.length === 0) return new Map()
  return inOneSnapshot(entryReaders, async () => {
    for (const session of [entryReaders.leader, readers.leader]) await session.rows(pinnedSettings)
    const diffs = new Map<string, RowDiff>()
    for (const name of wanted) {
      const first = sourceOf(entryReaders, entry, name)
      const second = inOrderOf(first, sourceOf(readers, now, name))
      const count = (entry.contents.get(name)?.rows ?? 0) + (now.contents.get(name)?.rows ?? 0)
      const [before, after] =
        first !== undefined && second !== undefined
          ? await readDifferingRows(withKeyOf(first, second), second, reading, count)
          : [first ? await readRows(first, reading) : [], second ? await readRows(second, reading) : []]
      diffs.set(name, makeRowDiff(before, after))
    }
    return diffs
  })
}

/** Relations whose rows are not the same in the two readings, or are named by another key. */
export function changedRelations(before: Fingerprint, after: Fingerprint): string[] {
  const names = new Set([...before.contents.keys(), ...after.contents.keys()])
  return [...names].filter(
    (name) =>
      before.contents.get(name)?.digest !== after.contents.get(name)?.digest ||
      !hasSameKey(before, after, name),
  )
}

/** Whether a relation that both have is named by the same key in both. */
export function hasSameKey(before: Fingerprint, after: Fingerprint, name: string): boolean {
  const [was, is] = [before.relations.get(name), after.relations.get(name)]
  return was === undefined || is === undefined || isSameKey(was, is)
}

/** The row diff of a relation, where one is known. */
export function rowDiffOf(diffs: RowDiffs | undefined, name: string): RowDiff {
  return diffs?.get(name) ?? unchanged
}

function sourceOf({ leader }: Readers, { relations }: Fingerprint, name: string): RowSource | undefined {
  const relation = relations.get(name)
  return relation && { session: leader, relation, relations }
}

/** Columns that were renamed since stand where they stood. */
function inOrderOf(earlier: RowSource | undefined, now: RowSource | undefined): RowSource | undefined {
  if (earlier === undefined || now === undefined) return now
  return { ...now, relation: inEarlierOrder(now.relation, earlier.relation) }
}

/** Rows that had another key are told as whole rows. */
function withKeyOf(source: RowSource, now: RowSource): RowSource {
  if (isSameKey(source.relation, now.relation)) return source
  return { ...source, relation: { ...source.relation, key: [] } }
}
