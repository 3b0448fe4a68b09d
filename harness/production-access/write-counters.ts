import type { Session } from '../postgres/session.ts'

/** Rows that were ever inserted, updated and deleted, by table; what was rolled back counts, too. */
export type WriteCounters = Readonly<Record<string, string>>

/**
 * Reads the counters of the session's database (pg_stat_user_tables; PostgreSQL manual, "The Cumulative Statistics
 * System"). They come up to a second late, and can be reset: that they stand still is a sign beside others, never a
 * proof.
 */
export async function readWriteCounters(session: Session): Promise<WriteCounters> {
  const rows = await session.rows(`
    SELECT format('%I.%I', schemaname, relname) AS name,
      format('%s inserted, %s updated, %s deleted', n_tup_ins, n_tup_upd, n_tup_del) AS counts
    FROM pg_stat_user_tables ORDER BY 1`)
  return Object.fromEntries(rows.map(({ name, counts }) => [String(name), String(counts)]))
}
