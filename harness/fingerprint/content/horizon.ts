import type { Session } from '../../postgres/session.ts'

/** What a reading could see: the next transaction id at the time, and the transactions that were still open. */
export interface Horizon {
  /** 64-bit transaction id, as text (pg_snapshot_xmax). */
  readonly next: string
  readonly open: readonly string[]
}

export async function readHorizon(session: Session): Promise<Horizon> {
  const [row] = await session.rows(`
    SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next,
      (SELECT coalesce(string_agg(xid::text, ','), '') FROM pg_snapshot_xip(pg_current_snapshot()) AS xid) AS open`)
  const open = String(row?.['open'])
  return { next: String(row?.['next']), open: open === '' ? [] : open.split(',') }
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
