import type { Reading } from '../../measure/reading.ts'
import type { Readers } from '../../fingerprint/readers.ts'
import { compareRows, type RowDifferences } from './compare-rows.ts'

/** A database with what was read of it. */
export interface ComparedDatabase {
  readonly readers: Readers
  readonly reading: Reading
}

/**
 * Compares the tables named row by row, golden first, but for the columns that are declared nondeterministic
 * (`table.column`). Returns those that differ.
 */
export async function compareTables(
  golden: ComparedDatabase,
  clone: ComparedDatabase,
  tables: readonly string[],
  nondeterministic: readonly string[],
): Promise<Record<string, RowDifferences>> {
  const found: Record<string, RowDifferences> = {}
  const relationOf = ({ reading }: ComparedDatabase, name: string) => reading.fingerprint.relations.get(name)
  for (const table of tables) {
    const [first, second] = [relationOf(golden, table), relationOf(clone, table)]
    // A table that only one has is told as an object.
    if (first === undefined || second === undefined) continue
    const rows = await compareRows(
      { readers: golden.readers, relation: first },
      { readers: clone.readers, relation: second },
      new Set(nondeterministic),
    )
    if (rows.onlyFirst.length + rows.onlySecond.length + rows.changed.length > 0) found[table] = rows
  }
  return found
}

/** How a table differs, in a few words, with the first keys. */
export function describeRows({ onlyFirst, onlySecond, changed }: RowDifferences): string {
  const sample = [...onlyFirst, ...onlySecond, ...changed].slice(0, 5).join('; ')
  return `has ${onlyFirst.length} rows in golden only, ${onlySecond.length} here only, ${changed.length} changed (${sample})`
}
