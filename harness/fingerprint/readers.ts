import type { Connection } from '../postgres/connection.ts'
import { openSession, type Session } from '../postgres/session.ts'

/** Sessions in one database that read it together. */
export interface Readers extends AsyncDisposable {
  /** Reads figures and content. */
  readonly leader: Session
  /** Reads content beside it. */
  readonly follower: Session
  /**
   * Reads the catalogs, of which some columns are a superuser's to see; the follower where the cluster is not ours.
   * Nothing that a release has defined is evaluated by it.
   */
  readonly administrator: Session
  /** Whether others write to databases beside this one: what they have open is none of its matters. */
  readonly isShared: boolean
}

/** Opens the sessions; `superuser` only for a database of our own. */
export async function openReaders(
  reader: Connection,
  superuser?: Connection,
  { isShared = false }: { readonly isShared?: boolean } = {},
): Promise<Readers> {
  const connections = [reader, reader, ...(superuser === undefined ? [] : [superuser])]
  const opened = await Promise.allSettled(connections.map((connection) => openSession(connection)))
  const sessions = opened.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  const close = async () => {
    await Promise.all(sessions.map((session) => session[Symbol.asyncDispose]()))
  }
  const failed = opened.find((one) => one.status === 'rejected')
  if (failed !== undefined) {
    await close()
    throw failed.reason
  }
  const [leader, follower, administrator = follower] = sessions as [Session, Session, Session?]
  return { leader, follower, administrator, isShared, [Symbol.asyncDispose]: close }
}

export interface SharedSnapshot {
  /** Runs on the leader before the others take part. */
  readonly alone?: (() => Promise<unknown>) | undefined
  /**
   * Gets the snapshot's name, and keeps the leader in its transaction: others see the same state by that name until
   * {@link releaseSnapshot}.
   */
  readonly keep?: ((name: string) => void) | undefined
}

/**
 * Runs `work` while all sessions see the one state of the database (PostgreSQL manual, "Snapshot Synchronization
 * Functions"), read-only. A name without a schema is of `public`, whatever search_path the database or the role has.
 */
export async function inOneSnapshot<T>(
  readers: Readers,
  work: () => Promise<T>,
  { alone, keep }: SharedSnapshot = {},
): Promise<T> {
  const { leader } = readers
  const others = [...new Set([readers.follower, readers.administrator])].filter(
    (session) => session !== leader,
  )
  // What left a transaction open, with its locks, must not keep us waiting for ever.
  const begin = `
    BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
    SET LOCAL lock_timeout = 30000; SET LOCAL idle_in_transaction_session_timeout = 0;
    SET LOCAL search_path = public`
  let isKept = false
  try {
    await leader.rows(begin)
    const [row] = await leader.rows('SELECT pg_export_snapshot() AS id')
    await alone?.()
    for (const session of others) {
      await session.rows('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY')
      await session.rows(`SET TRANSACTION SNAPSHOT '${String(row?.['id'])}'`)
      await session.rows('SET LOCAL lock_timeout = 30000; SET LOCAL search_path = public')
    }
    const result = await work()
    isKept = keep !== undefined
    keep?.(String(row?.['id']))
    return result
  } finally {
    const over = isKept ? others : [leader, ...others]
    // A session that cannot roll back is broken, and says so at its next query; what went wrong before goes first.
    await Promise.allSettled(over.map((session) => session.rows('ROLLBACK')))
  }
}

/** Lets go of a snapshot that was kept; does nothing where none is. */
export async function releaseSnapshot({ leader }: Readers): Promise<void> {
  await leader.rows('ROLLBACK')
}
