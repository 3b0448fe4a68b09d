import { quoteIdentifier, type Session } from '../../postgres/session.ts'

/** Jobs that were switched off, by their table and its column. */
export interface StoppedJobs {
  readonly table: string
  readonly column: string
  readonly count: number
}

/** Where extensions and tools keep the jobs that run by themselves: schema, table, and the column that says so. */
const jobTables = [
  // pg_cron
  ['cron', 'job', 'active'],
  // pgAgent
  ['pgagent', 'pga_job', 'jobenabled'],
  // TimescaleDB, before and since 2.22
  ['_timescaledb_config', 'bgw_job', 'scheduled'],
  ['_timescaledb_catalog', 'bgw_job', 'scheduled'],
] as const

/** Switches off every job in the tables of jobs that are there. */
export async function stopJobs(session: Session): Promise<StoppedJobs[]> {
  const stopped: StoppedJobs[] = []
  for (const [schema, name, column] of jobTables) {
    const table = `${schema}.${name}`
    const found = await session.rows(
      `SELECT FROM pg_attribute
       WHERE attrelid = to_regclass($1) AND attname = $2 AND atttypid = 'boolean'::regtype AND NOT attisdropped`,
      [table, column],
    )
    if (found.length === 0) continue
    const switched = quoteIdentifier(column)
    const jobs = await session.rows(
      `UPDATE ${quoteIdentifier(schema)}.${quoteIdentifier(name)} SET ${switched} = false WHERE ${switched} RETURNING 1`,
    )
    if (jobs.length > 0) stopped.push({ table, column, count: jobs.length })
  }
  return stopped
}
