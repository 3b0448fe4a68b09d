import { hashesOf, imageOf, rowAlias } from './image.ts'
import type { Part } from './parts.ts'
import type { Task } from './share-out.ts'

/** Count of rows, and the sums of their two hashes. */
export interface HashSums {
  readonly rows: number
  readonly first: bigint
  readonly second: bigint
}

/** Hashes the rows of a part, under the exact image. */
export function hashPart({ relation, condition }: Part): Task<HashSums> {
  const [first, second] = hashesOf('image')
  return async (session) => {
    // OFFSET 0 keeps the planner from computing the image once for each hash.
    const [row] = await session.rows(
      `SELECT count(*) AS rows, coalesce(sum(${first}), 0) AS first, coalesce(sum(${second}), 0) AS second
       FROM (
         SELECT ${imageOf(relation)} AS image FROM ONLY ${relation.sql} AS ${rowAlias} WHERE ${condition} OFFSET 0
       ) AS hashed`,
    )
    return {
      rows: Number(row?.['rows']),
      first: BigInt(String(row?.['first'])),
      second: BigInt(String(row?.['second'])),
    }
  }
}

export function addSums(sums: readonly HashSums[]): HashSums {
  return sums.reduce((one, other) => ({
    rows: one.rows + other.rows,
    first: one.first + other.first,
    second: one.second + other.second,
  }))
}
