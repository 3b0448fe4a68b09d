import { RehearsalError } from '../../errors.ts'
import { quoteIdentifier, quoteLiteral, type Session } from '../../postgres/session.ts'

const words = 'made by Dress Rehearsal for the run in'

/**
 * Marks a cluster as made by a run, in the comment on its maintenance database: the clone's own comment is
 * production's.
 */
export async function markCluster(session: Session, runDirectory: string): Promise<void> {
  const mark = `${words} ${runDirectory}, at ${new Date().toISOString()}`
  await session.rows(`COMMENT ON DATABASE postgres IS ${quoteLiteral(mark)}`)
}

/** Drops a database of a marked cluster. Throws CLONE_FAILED in any other, whatever the database is called. */
export async function dropOwnDatabase(session: Session, name: string): Promise<void> {
  const [row] = await session.rows(
    "SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = 'postgres'",
  )
  const comment = row?.['comment'] ?? null
  if (!String(comment).startsWith(words)) {
    throw new RehearsalError(
      'CLONE_FAILED',
      `"${name}" is not dropped: no rehearsal made its cluster (comment on database postgres: ${String(comment)})`,
      { hint: 'a clone is only ever dropped in a cluster that a run has made for it' },
    )
  }
  await session.rows(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`)
}
