import { compareRows, type RowDifferences } from '../measure/content.ts'
import { readRowRelations } from '../measure/read-catalog.ts'
import type { Session } from '../postgres/session.ts'

/**
 * Compares the tables named row by row, golden first, but for the columns that are declared volatile
 * (`table.column`). Returns those that differ.
 */
export async function compareTables(
  golden: Session,
  clone: Session,
  tables: readonly string[],
  volatile: readonly string[],
): Promise<Record<string, RowDifferences>> {
  const found: Record<string, RowDifferences> = {}
  for (const relation of await readRowRelations(clone)) {
    const { identity } = relation
    if (!tables.includes(identity)) continue
    const ignored = volatile
      .filter((name) => name.startsWith(`${identity}.`))
      .map((name) => name.slice(identity.length + 1))
    const rows = await compareRows(golden, clone, relation, ignored)
    if (rows.onlyFirst.length + rows.onlySecond.length + rows.changed.length > 0) found[identity] = rows
  }
  return found
}

/** How a table differs, in a few words, with the first keys. */
export function describeRows({ onlyFirst, onlySecond, changed }: RowDifferences): string {
  const sample = [...onlyFirst, ...onlySecond, ...changed].slice(0, 5).join('; ')
  return `has ${onlyFirst.length} rows in golden only, ${onlySecond.length} here only, ${changed.length} changed (${sample})`
}
