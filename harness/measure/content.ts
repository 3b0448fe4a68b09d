import { quoteIdentifier, quoteLiteral, type Row, type Session } from '../postgres/session.ts'
import type { RowRelation } from './read-catalog.ts'

/** No column can have this name by accident: `row::text` with a column `row` would mean the column. */
const rowAlias = quoteIdentifier('rehearsed row')

/** Writing of values that depends on a setting is pinned (PostgreSQL manual, "Client Connection Defaults"). */
const pinned = `
  SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';
  SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'`

/**
 * Digest of each relation's content, independent of row order and layout: its row count and the exact sum of a
 * 64-bit hash of every row's text. Must run inside a transaction.
 */
export async function readDigests(
  session: Session,
  relations: readonly RowRelation[],
): Promise<Record<string, string>> {
  if (relations.length === 0) return {}
  await session.rows(pinned)
  const digests = relations.map(
    ({ identity, sql }) =>
      `SELECT ${quoteLiteral(identity)} AS name, count(*) || '/' || coalesce(sum(hashtextextended(${rowAlias}::text, 0)), 0) AS digest ` +
      `FROM ONLY ${sql} AS ${rowAlias}`,
  )
  const rows = await session.rows(digests.join('\nUNION ALL '))
  return Object.fromEntries(rows.map((row) => [String(row['name']), String(row['digest'])]))
}

/** A row that stands on one side only, by the table's key where it has one. */
export interface RowDifferences {
  /** Keys found on the first side only, on the second only, and on both with other content. */
  readonly onlyFirst: string[]
  readonly onlySecond: string[]
  readonly changed: string[]
}

/**
 * Compares one table of two databases row by row, but for the columns in `ignored`; a table without a primary key, or
 * whose key is ignored, is compared by whole rows.
 */
export async function compareRows(
  first: Session,
  second: Session,
  relation: RowRelation,
  ignored: readonly string[] = [],
): Promise<RowDifferences> {
  const [one, two] = await Promise.all([
    readKeyedRows(first, relation, ignored),
    readKeyedRows(second, relation, ignored),
  ])
  const keys = (from: Map<string, string>, where: (key: string) => boolean) =>
    [...from.keys()].filter(where).sort()
  return {
    onlyFirst: keys(one, (key) => !two.has(key)),
    onlySecond: keys(two, (key) => !one.has(key)),
    changed: keys(one, (key) => two.has(key) && two.get(key) !== one.get(key)),
  }
}

async function readKeyedRows(
  session: Session,
  { sql }: RowRelation,
  ignored: readonly string[],
): Promise<Map<string, string>> {
  const columns = await session.rows(
    `SELECT a.attname AS name, array_position(i.indkey::int2[], a.attnum) AS key_position
     FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
     WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped
     ORDER BY key_position, a.attname COLLATE "C"`,
    [sql],
  )
  const asText = ({ name }: Row) => `${rowAlias}.${quoteIdentifier(String(name))}`
  const compared = columns.filter(({ name }) => !ignored.includes(String(name))).map(asText)
  const content = `ROW(${compared.join(', ')})::text`
  const keyColumns = columns.filter(({ key_position: position }) => position !== null)
  // A key that may differ names no row: such a table is compared by whole rows, too.
  const isKeyed = keyColumns.length > 0 && !keyColumns.some(({ name }) => ignored.includes(String(name)))
  const keyText = keyColumns.map(asText).join(', ')
  const key = isKeyed
    ? `${keyColumns.length > 1 ? `ROW(${keyText})` : keyText}::text`
    : `${content} || ' #' || row_number() OVER (PARTITION BY ${content})`
  const rows = await session.rows(
    `SELECT ${key} AS key, md5(${content}) AS content FROM ONLY ${sql} AS ${rowAlias}`,
  )
  return new Map(rows.map((row) => [String(row['key']), String(row['content'])]))
}
