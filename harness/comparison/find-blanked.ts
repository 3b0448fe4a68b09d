import type { Blanking } from '../restore/blanking/blanking.ts'
import { compareTables, type ComparedDatabase } from './divergence/compare-tables.ts'

/**
 * Tables that differ between a database and its blanked restore by the column that was set for it, and by nothing else;
 * each with that column.
 */
export async function findBlankedTables(
  source: ComparedDatabase,
  restored: ComparedDatabase,
  { columns }: Pick<Blanking, 'columns'>,
): Promise<ReadonlyMap<string, string>> {
  const tables = new Map(
    columns.map((name) => [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.') + 1)]),
  )
  const others = await compareTables(source, restored, [...tables.keys()], columns)
  return new Map([...tables].filter(([table]) => !others.some((other) => other.table === table)))
}
