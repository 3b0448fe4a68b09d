import type { Part } from './parts.ts'
import type { Task } from './share-out.ts'

export interface VersionCount {
  readonly rows: number
  /** Row versions for which the condition holds. */
  readonly written: number
}

/** Counts row versions, and those for which `written` holds. */
export function countVersions({ relation, condition }: Part, written: string): Task<VersionCount> {
  return async (session) => {
    const [row] = await session.rows(
      `SELECT count(*) AS rows, count(*) FILTER (WHERE ${written}) AS written
       FROM ONLY ${relation.sql} WHERE ${condition}`,
    )
    return { rows: Number(row?.['rows']), written: Number(row?.['written']) }
  }
}

export function addCounts(counts: readonly VersionCount[]): VersionCount {
  return counts.reduce((one, other) => ({
    rows: one.rows + other.rows,
    written: one.written + other.written,
  }))
}
