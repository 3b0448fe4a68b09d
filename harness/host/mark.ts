import { quoteIdentifier, quoteLiteral, type Session } from '../postgres/session.ts'

const words = 'made by Dress Rehearsal for the run in'

/**
 * Marks a database as made by a run, in its comment. In a cluster of our own only the maintenance database is marked,
 * which stands for all: the clone's own comment is production's there.
 */
export async function markDatabase(session: Session, name: string, runDirectory: string): Promise<void> {
  const mark = `${words} ${runDirectory}, at ${new Date().toISOString()}`
  await session.rows(`COMMENT ON DATABASE ${quoteIdentifier(name)} IS ${quoteLiteral(mark)}`)
}

export function isMark(comment: string | null): boolean {
  return comment?.startsWith(words) === true
}

/** The comment on a database; null where it has none, undefined where there is no such database. */
export async function readComment(session: Session, name: string): Promise<string | null | undefined> {
  const [row] = await session.rows(
    "SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = $1",
    [name],
  )
  return row?.['comment'] as string | null | undefined
}
