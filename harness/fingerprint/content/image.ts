import { quoteIdentifier } from '../../postgres/session.ts'
import type { DataColumn, DataRelation } from './relations.ts'

/** No column can have this name by accident: `row::text` with a column `row` would mean the column. */
export const rowAlias = quoteIdentifier('rehearsed row')

/**
 * What of a row is compared. `exact`: every value. `settled`: without values that differ between two honest runs
 * (`nondeterministic`), of which only the presence counts. `natural`: moreover without numbers given in passing, and with
 * what they point to in the place of references.
 */
export type ImageKind = 'exact' | 'settled' | 'natural'

/** Columns (`table.column`) whose values may differ between two runs. */
export type Nondeterministic = ReadonlySet<string>

/** Two seeds, so that two hashes of a row are independent of each other. */
const seeds = ['7309453615203', '-2305843009213693951'] as const

/**
 * The row as bytes: `record_send` of its columns in the order of their names. Binary values of built-in types are
 * exact where their equality is not: 1.0 and 1.00, -0 and 0, '1 day' and '24 hours', blanks of char(n).
 */
export function imageOf(
  relation: DataRelation,
  kind: ImageKind = 'exact',
  nondeterministic: Nondeterministic = new Set(),
  relations: ReadonlyMap<string, DataRelation> = new Map(),
): string {
  const values = relation.columns.map((column) =>
    valueOf(relation, column, kind, nondeterministic, relations),
  )
  return `record_send(ROW(${values.join(', ')}))`
}

/** Two 64-bit hashes of an expression of type bytea, as SQL expressions. */
export function hashesOf(bytes: string): [string, string] {
  return [
    `hash_record_extended(ROW(${bytes}), ${seeds[0]})`,
    `hash_record_extended(ROW(${bytes}), ${seeds[1]})`,
  ]
}

/** The key of a row as text; null where the relation has none that names a row under this image. */
export function keyOf(
  relation: DataRelation,
  kind: ImageKind = 'exact',
  nondeterministic: Nondeterministic = new Set(),
): string | null {
  const { key, columns, identity } = relation
  const isLoose = (name: string) =>
    (kind !== 'exact' && nondeterministic.has(`${identity}.${name}`)) ||
    (kind === 'natural' && columns.some((column) => column.name === name && column.isSurrogate))
  if (key.length === 0 || key.some(isLoose)) return null
  return `ROW(${key.map(columnSql).join(', ')})::text`
}

function valueOf(
  relation: DataRelation,
  column: DataColumn,
  kind: ImageKind,
  nondeterministic: Nondeterministic,
  relations: ReadonlyMap<string, DataRelation>,
): string {
  const sql = columnSql(column.name)
  if (kind !== 'exact' && nondeterministic.has(`${relation.identity}.${column.name}`))
    return `${sql} IS NOT DISTINCT FROM NULL`
  if (kind === 'natural') {
    if (column.isSurrogate) return `${sql} IS NOT DISTINCT FROM NULL`
    const pointed = pointedAt(relation, column, nondeterministic, relations)
    if (pointed !== undefined) return pointed
  }
  if (column.form === 'text') return `ROW(${sql})::text`
  return column.form === 'base' ? `${sql}::${column.baseType}` : sql
}

/** The row that a number points to, without its own number; undefined where the column points to no such number. */
function pointedAt(
  relation: DataRelation,
  column: DataColumn,
  nondeterministic: Nondeterministic,
  relations: ReadonlyMap<string, DataRelation>,
): string | undefined {
  const reference = relation.references.find(({ column: name }) => name === column.name)
  const target = reference && relations.get(reference.target)
  if (!target?.columns.some(({ name, isSurrogate }) => name === reference?.targetColumn && isSurrogate)) {
    return undefined
  }
  // One step is enough to tell rows apart by what they point to, and ends where tables point to themselves.
  const image = imageOf({ ...target, references: [] }, 'natural', nondeterministic).replaceAll(
    rowAlias,
    pointedAlias,
  )
  const condition = `${pointedAlias}.${quoteIdentifier(reference!.targetColumn)} = ${columnSql(column.name)}`
  return `(SELECT ${image} FROM ${target.sql} AS ${pointedAlias} WHERE ${condition})`
}

const pointedAlias = quoteIdentifier('pointed row')

function columnSql(name: string): string {
  return `${rowAlias}.${quoteIdentifier(name)}`
}
