import { quoteIdentifier, type Session } from '../../postgres/session.ts'

/** Names of the subscriptions of the session's database. */
export async function readSubscriptions(session: Session): Promise<string[]> {
  const rows = await session.rows(`
    SELECT subname AS name FROM pg_subscription
    WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY subname`)
  return rows.map(({ name }) => String(name))
}

/**
 * Drops the subscriptions of the session's database without a word to their publishers: a DROP alone would drop the
 * replication slot there (PostgreSQL manual, 31.2.2). A dump by an ordinary role contains none of them.
 */
export async function dropSubscriptions(session: Session): Promise<string[]> {
  const names = await readSubscriptions(session)
  for (const subscription of names.map(quoteIdentifier)) {
    await session.rows(`ALTER SUBSCRIPTION ${subscription} DISABLE`)
    await session.rows(`ALTER SUBSCRIPTION ${subscription} SET (slot_name = NONE)`)
    await session.rows(`DROP SUBSCRIPTION ${subscription}`)
  }
  return names
}
