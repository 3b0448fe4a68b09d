import { pinnedSettings } from '../../postgres/pinned-settings.ts'
import type { ImageKind, Nondeterministic } from '../../fingerprint/content/image.ts'
import type { DataRelation } from '../../fingerprint/content/relations.ts'
import { readRows, type HashedRow } from '../../fingerprint/content/rows.ts'
import type { Readers } from '../../fingerprint/readers.ts'
import { inOneSnapshot } from '../../fingerprint/readers.ts'

/** A row that stands on one side only, by the table's key where it has one. */
export interface RowDifferences {
  /** Keys found on the first side only, on the second only, and on both with other content. */
  readonly onlyFirst: string[]
  readonly onlySecond: string[]
  readonly changed: string[]
}

/** One table as it is in one of two databases. */
export interface Side {
  readonly readers: Readers
  readonly relation: DataRelation
}

/**
 * Compares one table of two databases row by row, but for what is declared nondeterministic; a table without a primary key, or
 * whose key is nondeterministic, is compared by whole rows.
 */
export async function compareRows(
  first: Side,
  second: Side,
  nondeterministic: Nondeterministic,
): Promise<RowDifferences> {
  const read = ({ readers, relation }: Side) =>
    inOneSnapshot(readers, async () => {
      await readers.leader.rows(pinnedSettings)
      const kind: ImageKind = 'settled'
      return readRows({ session: readers.leader, relation, relations: new Map() }, { kind, nondeterministic })
    })
  const [one, two] = (await Promise.all([read(first), read(second)])).map((rows) =>
    byKey(rows, second.relation.key.length === 1),
  )
  const keys = (from: Map<string, string>, where: (key: string) => boolean) =>
    [...from.keys()].filter(where).sort()
  return {
    onlyFirst: keys(one!, (key) => !two!.has(key)),
    onlySecond: keys(two!, (key) => !one!.has(key)),
    changed: keys(one!, (key) => two!.has(key) && two!.get(key) !== one!.get(key)),
  }
}

/** Rows without a key are their own; of several that are alike each has a number. */
function byKey(rows: readonly HashedRow[], hasOneColumn: boolean): Map<string, string> {
  const numbers = new Map<string, number>()
  return new Map(
    rows.map(({ key, hash }) => {
      // A key of one column is told as its value.
      if (key !== null) return [hasOneColumn ? key.replace(/^\((.*)\)$/s, '$1') : key, hash]
      const number = (numbers.get(hash) ?? 0) + 1
      numbers.set(hash, number)
      return [`${hash} #${number}`, hash]
    }),
  )
}
