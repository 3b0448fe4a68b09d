import type { Reading } from '../../measure/reading.ts'
import type { Difference } from '../difference.ts'
import { pinnedSettings } from '../../postgres/pinned-settings.ts'
import type { DataRelation } from '../../fingerprint/content/relations.ts'
import { countRows, makeRowDiff, rowChangeBetween, unchanged } from '../../fingerprint/content/row-diff.ts'
import { readRows } from '../../fingerprint/content/rows.ts'
import { inOneSnapshot, type Readers } from '../../fingerprint/readers.ts'

/** Rows in which a table differs. */
export type TableDifference = Extract<Difference, { kind: 'row by row' }>

/** A database with what was read of it. */
export interface ComparedDatabase {
  readonly readers: Readers
  readonly reading: Reading
}

/**
 * Compares the tables named row by row, golden first, but for the columns that are declared nondeterministic
 * (`table.column`); by whole rows where a table has no key, or a nondeterministic one. Returns those that differ.
 */
export async function compareTables(
  golden: ComparedDatabase,
  clone: ComparedDatabase,
  tables: readonly string[],
  nondeterministic: readonly string[],
): Promise<TableDifference[]> {
  const found: TableDifference[] = []
  const settings = { kind: 'settled', nondeterministic: new Set(nondeterministic) } as const
  const read = ({ readers }: ComparedDatabase, relation: DataRelation) =>
    inOneSnapshot(readers, async () => {
      await readers.leader.rows(pinnedSettings)
      return readRows({ session: readers.leader, relation, relations: new Map() }, settings)
    })
  const relationOf = ({ reading }: ComparedDatabase, name: string) => reading.fingerprint.relations.get(name)
  for (const table of tables) {
    const [first, second] = [relationOf(golden, table), relationOf(clone, table)]
    // A table that only one side has is reported as an object.
    if (first === undefined || second === undefined) continue
    const [one, two] = await Promise.all([read(golden, first), read(clone, second)])
    const rows = rowChangeBetween(unchanged, makeRowDiff(one, two))
    if (countRows(rows) > 0) found.push({ kind: 'row by row', table, rows })
  }
  return found
}
