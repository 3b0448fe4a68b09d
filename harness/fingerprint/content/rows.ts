import type { Session } from '../../postgres/session.ts'
import { hashesOf, imageOf, keyOf, rowAlias, type ImageKind, type Nondeterministic } from './image.ts'
import type { DataRelation } from './relations.ts'

/** Under which image rows are read. */
export interface RowReading {
  readonly kind: ImageKind
  readonly nondeterministic: Nondeterministic
}

export const exactly: RowReading = { kind: 'exact', nondeterministic: new Set() }

/** A relation in one of two databases, with those that its references point to. */
export interface RowSource {
  readonly session: Session
  readonly relation: DataRelation
  readonly relations: ReadonlyMap<string, DataRelation>
}

/** A row by its key (null: the table has none) and the hash of its image. */
export interface HashedRow {
  readonly key: string | null
  readonly hash: string
}

/** Blocks of a table that are compared together before single rows are. */
const blocksAChunk = 64

/** Up to this many rows the rows themselves are quicker than chunks. */
const fewRows = 5_000

/** Rows of the relation; of some chunks only where `chunks` names them. */
export async function readRows(
  { session, relation, relations }: RowSource,
  { kind, nondeterministic }: RowReading,
  chunks?: readonly number[],
): Promise<HashedRow[]> {
  const key = keyOf(relation, kind, nondeterministic)
  const [first, second] = hashesOf('image')
  const within = (chunks ?? []).map(
    (chunk) => `ctid >= '(${chunk * blocksAChunk},0)' AND ctid < '(${(chunk + 1) * blocksAChunk},0)'`,
  )
  const rows = await session.rows(`
    SELECT key, ${first} || '/' || ${second} AS hash
    FROM (
      SELECT ${key ?? 'NULL'} AS key, ${imageOf(relation, kind, nondeterministic, relations)} AS image
      FROM ONLY ${relation.sql} AS ${rowAlias}
      ${chunks === undefined ? '' : `WHERE ${within.length === 0 ? 'false' : within.join(' OR ')}`} OFFSET 0
    ) AS hashed`)
  return rows.map((row) => ({ key: row['key'] as string | null, hash: String(row['hash']) }))
}

/**
 * Rows of two databases that were once physical copies of each other, without most of those that are the same in
 * both: chunks of blocks with the same rows are passed over.
 */
export async function readDifferingRows(
  first: RowSource,
  second: RowSource,
  reading: RowReading,
  countedRows: number,
): Promise<[HashedRow[], HashedRow[]]> {
  if (countedRows <= fewRows || first.relation.layout !== second.relation.layout) {
    return Promise.all([readRows(first, reading), readRows(second, reading)])
  }
  const [one, two] = await Promise.all([readChunks(first, reading), readChunks(second, reading)])
  const differing = [...new Set([...one.keys(), ...two.keys()])].filter(
    (chunk) => one.get(chunk) !== two.get(chunk),
  )
  return Promise.all([readRows(first, reading, differing), readRows(second, reading, differing)])
}

async function readChunks(
  { session, relation, relations }: RowSource,
  { kind, nondeterministic }: RowReading,
): Promise<Map<number, string>> {
  const [first, second] = hashesOf('image')
  const rows = await session.rows(`
    SELECT chunk, count(*) || '/' || sum(${first}) || '/' || sum(${second}) AS digest
    FROM (
      SELECT (ctid::text::point)[0]::int / ${blocksAChunk} AS chunk, ${imageOf(relation, kind, nondeterministic, relations)} AS image
      FROM ONLY ${relation.sql} AS ${rowAlias} OFFSET 0
    ) AS hashed
    GROUP BY chunk`)
  return new Map(rows.map((row) => [Number(row['chunk']), String(row['digest'])]))
}
