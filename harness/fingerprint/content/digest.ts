import type { Session } from '../../postgres/session.ts'
import { writtenSince, type Horizon } from './horizon.ts'
import { hashesOf, imageOf, rowAlias } from './image.ts'
import type { DataRelation } from './relations.ts'

/** The content of one relation, as it was read. */
export interface Content {
  readonly rows: number
  /**
   * `rows/sum/sum`: two exact sums of independent 64-bit hashes of each row. It does not depend on the order of rows,
   * and a row cannot cancel another: with uniform hashes, two different contents agree with a chance of 2^-128. The
   * hashes are not cryptographic: they guard against mistakes, not against somebody who computes collisions.
   */
  readonly digest: string
  readonly layout: string
  /** Row versions that the earlier reading could not see; null without one. */
  readonly written: number | null
  /** Hashed again, or taken over: no row version younger than the earlier reading, none gone. */
  readonly isHashed: boolean
}

/** An earlier reading of the same database, or of a physical copy of it within the same cluster. */
export interface Earlier {
  readonly horizon: Horizon
  readonly contents: ReadonlyMap<string, Content>
}

/**
 * Reads one relation. With an earlier reading, it is hashed only where its row versions say that it may have
 * changed: rows change by a new version or by going, never in place (PostgreSQL manual, "System Columns").
 */
export async function readContent(
  session: Session,
  relation: DataRelation,
  now: Horizon,
  earlier?: Earlier,
): Promise<Content> {
  const known = earlier?.contents.get(relation.identity)
  const written = earlier && writtenSince(earlier.horizon, now)
  let count: number | null = null
  if (known !== undefined && written !== undefined) {
    const [row] = await session.rows(
      `SELECT count(*) AS rows, count(*) FILTER (WHERE ${written}) AS written FROM ONLY ${relation.sql}`,
    )
    count = Number(row?.['written'])
    const isSame = known.layout === relation.layout && !relation.isDerived
    if (isSame && count === 0 && Number(row?.['rows']) === known.rows) {
      return { ...known, written: 0, isHashed: false }
    }
  }
  const { rows, digest } = await hashRelation(session, relation)
  return { rows, digest, layout: relation.layout, written: count, isHashed: true }
}

/** Count and digest of a relation's rows. */
async function hashRelation(
  session: Session,
  relation: DataRelation,
  image = imageOf(relation),
): Promise<{ rows: number; digest: string }> {
  const [first, second] = hashesOf('image')
  // OFFSET 0 keeps the planner from computing the image once for each hash.
  const [row] = await session.rows(
    `SELECT count(*) AS rows, coalesce(sum(${first}), 0) AS first, coalesce(sum(${second}), 0) AS second
     FROM (SELECT ${image} AS image FROM ONLY ${relation.sql} AS ${rowAlias} OFFSET 0) AS hashed`,
  )
  const rows = Number(row?.['rows'])
  return { rows, digest: `${rows}/${row?.['first']}/${row?.['second']}` }
}
