import { setTimeout as pause } from 'node:timers/promises'
import type { Session } from '../postgres/session.ts'

const endingMs = 1_000

const query = `
  SELECT format('session %s (%s) as %s: %s', pid, application_name, usename, state) AS trace
  FROM pg_stat_activity
  WHERE (usename = $1 OR (usename = ANY ($3::name[]) AND application_name = 'dress-rehearsal'))
    AND backend_type = 'client backend'
    AND (NOT pid = ANY ($2::int[]) OR (pid <> pg_backend_pid() AND xact_start IS NOT NULL))
  UNION ALL
  SELECT format('advisory lock (%s, %s) of process %s', classid, objid, pid) FROM pg_locks
  WHERE locktype = 'advisory' AND pid IN (SELECT pid FROM pg_stat_activity WHERE usename = $1)
  UNION ALL
  SELECT format('prepared transaction %s', gid) FROM pg_prepared_xacts WHERE owner = $1
  UNION ALL
  SELECT format('replication slot %s, in use by process %s', slot_name, active_pid) FROM pg_replication_slots
  WHERE active_pid IN (SELECT pid FROM pg_stat_activity WHERE usename = $1)`

/**
 * What the role by which we read has left on the server: sessions beside `own`, transactions that are open, advisory
 * locks, prepared transactions, replication slots; and sessions by which the harness entered as one of `others`. Temporary files go with their session. A session that was closed a
 * moment ago gets the time to end.
 */
export async function findTraces(
  session: Session,
  role: string,
  own: readonly Session[],
  others: readonly string[] = [],
): Promise<string[]> {
  const pids: string[] = []
  for (const one of new Set([session, ...own])) {
    const [row] = await one.rows('SELECT pg_backend_pid() AS pid')
    pids.push(String(row?.['pid']))
  }
  const deadline = Date.now() + endingMs
  for (;;) {
    const rows = await session.rows(query, [role, pids, others])
    if (rows.length === 0 || Date.now() > deadline) return rows.map(({ trace }) => String(trace)).sort()
    await pause(20)
  }
}
