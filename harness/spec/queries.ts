import databases, { type ConnectionPool, type SQLQuery } from '@databases/pg'
import { RehearsalError } from '../errors.ts'
import type { Connection } from '../postgres/connection.ts'
import { quoteIdentifier } from '../postgres/session.ts'
import { askStage } from './channel.ts'

/** A database to be read by queries of a spec's own. int8 arrives as bigint, dates and times as text. */
export interface Queryable {
  query(query: SQLQuery): Promise<Record<string, unknown>[]>
}

/** OIDs of the types that the driver would make local-time Dates of (pg_type.dat of PostgreSQL). */
const dateTypes = { date: 1082, timestamp: 1114, timestamptz: 1184 }
const asText = (text: string): string => text

/**
 * Runs work with the three databases at hand; connects when one is first queried, disconnects at the end. What is sent
 * to production or golden must be let through, and is recorded, on behalf of the specs of the step `id`. The work calls
 * its second argument at its end, with the number of failures that it expects.
 */
export async function withDatabases<T>(
  id: string,
  isCurrent: boolean,
  work: (
    databases: Record<'production' | 'golden' | 'clone', Queryable>,
    settleQueries: (rejections: number) => void,
  ) => Promise<T>,
): Promise<T> {
  const pools = new Map<string, ConnectionPool>()
  const log = { open: 0, failures: [] as unknown[] }
  const database = (name: 'production' | 'golden' | 'clone'): Queryable => ({
    async query(query) {
      log.open += 1
      try {
        return await send(name, query)
      } catch (error) {
        log.failures.push(error)
        throw error
      } finally {
        log.open -= 1
      }
    },
  })
  const send = async (name: 'production' | 'golden' | 'clone', query: SQLQuery) => {
    if (name === 'clone' && !isCurrent) {
      throw new RehearsalError(
        'SPEC_INVALID',
        'the clone has moved on: it is no longer at the step of this spec',
        {
          hint: 'query the clone in a spec file of the step that you want to see',
        },
      )
    }
    const pool = pools.get(name) ?? connect(await accessTo(name))
    pools.set(name, pool)
    if (name !== 'clone') await askStage('/admit', { database: name, id }, textOf(query))
    return (await pool.query(query)) as Record<string, unknown>[]
  }
  try {
    const places = {
      production: database('production'),
      golden: database('golden'),
      clone: database('clone'),
    }
    return await work(places, (rejections) => settleQueries(log, rejections))
  } finally {
    await Promise.all([...pools.values()].map((pool) => pool.dispose()))
  }
}

/** Throws for a query that is not awaited, and for one that failed if no `.rejects` of the test expects it. */
function settleQueries({ open, failures }: { open: number; failures: unknown[] }, rejections: number): void {
  if (open > 0) {
    throw new RehearsalError('SPEC_INVALID', `${open} queries of the test are still running at its end`, {
      hint: 'await each query',
    })
  }
  if (failures.length > rejections) throw failures[0]
}

/** The text as the driver sends it, parameters beside it. */
function textOf(query: SQLQuery): string {
  return query.format({
    escapeIdentifier: quoteIdentifier,
    formatValue: (value, index) => ({ placeholder: `$${index + 1}`, value }),
  }).text
}

async function accessTo(name: 'production' | 'golden' | 'clone'): Promise<Connection> {
  const access = await askStage('/access')
  const connection = access[name]
  if (connection !== undefined) return connection
  throw new RehearsalError('SPEC_INVALID', `the ${name} does not exist at this step`, {
    hint: `there are: ${Object.keys(access).join(', ') || 'no databases yet'}`,
  })
}

function connect({ host, port, user, password, database }: Connection): ConnectionPool {
  return databases.default({
    connectionString: false,
    host,
    port,
    user,
    password,
    database,
    ssl: false,
    bigIntMode: 'bigint',
    poolSize: 2,
    applicationName: 'dress-rehearsal spec',
    types: { [dateTypes.date]: asText, [dateTypes.timestamp]: asText, [dateTypes.timestamptz]: asText },
  })
}
