import type { Connection } from '../../postgres/connection.ts'
import { openSession, type Session } from '../../postgres/session.ts'
import { blankForeignData } from './foreign-data.ts'
import { stopJobs } from './jobs.ts'
import { dropSubscriptions, readSubscriptions } from './subscriptions.ts'
import { findWebhooks } from './webhooks.ts'

/** What was blanked in a restored database, so that nothing in it contacts another server by itself. */
export interface Blanking {
  /** Each object that was changed, and each that is only reported, one sentence each. */
  readonly blanked: readonly string[]
  /** Columns (`table.column`) whose values were changed. */
  readonly columns: readonly string[]
}

/**
 * Blanks a database right after it was restored, before anything else is done in it: no subscription, no options of
 * foreign servers and user mappings, no job that runs by itself. `superuser` connects to it, `source` to what it was
 * restored from. No trigger of either kind fires.
 */
export async function blankDatabase(source: Connection, superuser: Connection): Promise<Blanking> {
  await using from = await openSession(source)
  await using session = await openSession(superuser)
  return await inSealing(session, async () => {
    const jobs = await stopJobs(session)
    const subscriptions = [...(await readSubscriptions(from)), ...(await dropSubscriptions(session))]
    return {
      blanked: [
        ...[...new Set(subscriptions)]
          .sort()
          .map((name) => `subscription ${name}: left out, its slot untouched`),
        ...(await blankForeignData(session)),
        ...jobs.map(
          ({ table, column, count }) =>
            `${table}: ${count} ${count === 1 ? 'job' : 'jobs'} switched off (${column})`,
        ),
        ...(await findWebhooks(session)),
      ],
      columns: jobs.map(({ table, column }) => `${table}.${column}`),
    }
  })
}

/**
 * `session_replication_role` keeps triggers and event triggers from firing, `allow_system_table_mods` lets options be
 * taken away that a wrapper's validator wants to keep (PostgreSQL manual, 20.11 and 20.17).
 */
async function inSealing<T>(session: Session, work: () => Promise<T>): Promise<T> {
  await session.rows(`
    BEGIN; SET LOCAL session_replication_role = replica; SET LOCAL allow_system_table_mods = on;
    SET LOCAL search_path = pg_catalog`)
  const result = await work()
  await session.rows('COMMIT')
  return result
}
