import { quoteIdentifier, quoteLiteral, type Session } from '../postgres/session.ts'

const words = 'made by Dress Rehearsal for the run in'

/**
 * Marks a database as made by a run, in its comment. In a cluster of our own only the maintenance database is marked,
 * which covers all of them: there the clone's comment is production's.
 */
export async function markDatabase(session: Session, name: string, runDirectory: string): Promise<void> {
  const mark = `${words} ${runDirectory}, at ${new Date().toISOString()}`
  await session.rows(`COMMENT ON DATABASE ${quoteIdentifier(name)} IS ${quoteLiteral(mark)}`)
}

export function isMark(comment: string | null): boolean {
  return comment?.startsWith(words) === true
}

/** The comment on a database; null if it has none, undefined if there is no such database. */
export async function readComment(session: Session, name: string): Promise<string | null | undefined> {
  const [row] = await session.rows(
    "SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = $1",
    [name],
  )
  return row?.['comment'] as string | null | undefined
}
