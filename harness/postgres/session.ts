import pg from 'pg'
import { RehearsalError } from '../errors.ts'
import type { Connection } from './connection.ts'
import { filterOf } from './filter.ts'

/** A value as PostgreSQL writes it, but for int2, int4 and bool; SQL NULL is `null`. */
export type Value = string | number | boolean | null
export type Row = Readonly<Record<string, Value>>

/** One connection of the harness's own, closed by `await using`. */
export interface Session extends AsyncDisposable {
  /** Runs one statement, or several without parameters, and returns the rows of the last. */
  rows(text: string, parameters?: readonly unknown[]): Promise<Row[]>
}

/** SQLSTATE by name (PostgreSQL manual, appendix A). */
export const sqlstate = {
  insufficientPrivilege: '42501',
  undefinedTable: '42P01',
  readOnlyTransaction: '25006',
  objectInUse: '55006',
  diskFull: '53100',
} as const

const builtinOid = { bool: 16, int2: 21, int4: 23 }

/** Numbers beyond int4, dates and all else stay text: no rounding, no local time zone. */
const types = {
  getTypeParser(oid: number): (text: string) => Value {
    if (oid === builtinOid.bool) return (text) => text === 't'
    if (oid === builtinOid.int2 || oid === builtinOid.int4) return Number
    return (text) => text
  },
}

/**
 * Connects, or throws a RehearsalError that names the database and never the password. On a server that has a guard,
 * the guard is asked for the session and for each of its statements.
 */
export async function openSession(
  connection: Connection,
  applicationName = 'dress-rehearsal',
): Promise<Session> {
  const guard = filterOf(connection)?.enter(connection)
  const client = new pg.Client({
    ...connection,
    types: types as unknown as pg.CustomTypesConfig,
    application_name: applicationName,
    connectionTimeoutMillis: 10_000,
  })
  let broken: Error | undefined
  client.on('error', (error) => {
    broken = error
  })
  try {
    await client.connect()
  } catch (cause) {
    throw new RehearsalError(
      'QUERY_FAILED',
      `could not connect to database "${connection.database}" as "${connection.user}"`,
      { cause, details: { host: connection.host, port: connection.port } },
    )
  }
  return {
    async rows(text, parameters) {
      if (broken !== undefined) throw queryError(text, broken, connection)
      guard?.admit(text)
      try {
        const answer: pg.QueryResult | pg.QueryResult[] = await client.query(
          text,
          parameters as unknown[] | undefined,
        )
        const last = Array.isArray(answer) ? answer.at(-1) : answer
        return (last?.rows ?? []) as Row[]
      } catch (cause) {
        throw queryError(text, cause as Error, connection)
      }
    },
    [Symbol.asyncDispose]: () => client.end(),
  }
}

/** The SQLSTATE of a failed query, also where it was wrapped; undefined for any other error. */
export function sqlstateOf(error: unknown): string | undefined {
  if (error instanceof RehearsalError) return sqlstateOf(error.cause)
  return error instanceof pg.DatabaseError ? error.code : undefined
}

function queryError(text: string, cause: Error, connection: Connection): RehearsalError {
  const fields = cause instanceof pg.DatabaseError ? cause : undefined
  const state = fields?.code === undefined ? '' : ` (SQLSTATE ${fields.code})`
  return new RehearsalError('QUERY_FAILED', `${cause.message}${state} in database "${connection.database}"`, {
    cause,
    details: {
      query: text,
      sqlstate: fields?.code,
      detail: fields?.detail,
      hint: fields?.hint,
      where: fields?.where,
      constraint: fields?.constraint,
    },
    ...(fields?.hint === undefined ? {} : { hint: fields.hint }),
  })
}

/** Writes a name as an SQL identifier. */
export function quoteIdentifier(name: string): string {
  return pg.escapeIdentifier(name)
}

/** Writes a text as an SQL literal. */
export function quoteLiteral(text: string): string {
  return pg.escapeLiteral(text)
}
