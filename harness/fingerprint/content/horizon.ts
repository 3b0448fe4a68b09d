import type { Session } from '../../postgres/session.ts'

/** What a reading could see: the next transaction id at the time, and the transactions that were still open. */
export interface Horizon {
  /** 64-bit transaction id, as text (pg_snapshot_xmax). */
  readonly next: string
  /** Of the whole server, or of the database alone where others write to databases beside it. */
  readonly open: readonly string[]
}

/**
 * Reads it in the transaction that reads the rest. `openBefore`, what {@link readOpenHere} found just before, is given
 * where the server is shared: a snapshot does not say whose its transactions are. Of the database are those that a
 * session in it had then, or has now.
 */
export async function readHorizon(session: Session, openBefore?: readonly string[]): Promise<Horizon> {
  const [row] = await session.rows(`
    SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next,
      (SELECT array_to_json(array_agg(xid))::text FROM pg_snapshot_xip(pg_current_snapshot()) AS xid) AS open`)
  const { next, open } = { next: String(row?.['next']), open: readIds(row?.['open']) }
  if (openBefore === undefined || open.length === 0) return { next, open }
  const here = new Set([...openBefore, ...(await readOpenHere(session))])
  return { next, open: open.filter((id) => here.has(String(BigInt(id) % 2n ** 32n))) }
}

/** The 32-bit ids of the transactions, prepared ones included, that have written in the session's database or may yet. */
export async function readOpenHere(session: Session): Promise<string[]> {
  const [row] = await session.rows(`
    SELECT array_to_json(array_agg(xid))::text AS open FROM (
      SELECT backend_xid::text AS xid FROM pg_stat_activity WHERE datname = current_database()
      UNION ALL SELECT transaction::text FROM pg_prepared_xacts WHERE database = current_database()
    ) AS here WHERE xid IS NOT NULL`)
  return readIds(row?.['open'])
}

function readIds(list: unknown): string[] {
  return typeof list === 'string' ? (JSON.parse(list) as unknown[]).map(String) : []
}

/** Beyond this distance a 32-bit transaction id says nothing certain about age. */
const farthestXid = 2n ** 30n

/**
 * Condition that holds for each row version that the earlier reading could not see, as SQL; undefined where that
 * cannot be told: a transaction was open then, whose subtransactions have ids that no snapshot lists.
 */
export function writtenSince({ next, open }: Horizon, now: Horizon): string | undefined {
  if (open.length > 0 || BigInt(now.next) - BigInt(next) > farthestXid) return undefined
  // Of two ids the younger has the smaller age; xid itself has no order.
  return `age(xmin) <= age('${BigInt(next) % 2n ** 32n}'::xid)`
}
