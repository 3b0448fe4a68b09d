import { bareEnvironment } from '../process/bare-environment.ts'
import type { Connection } from './connection.ts'
import { filterOf } from './filter.ts'

/**
 * The environment in which a libpq program (psql, pg_dump) reaches the connection. The password goes by
 * environment, never by argument; nothing of the caller's leaks in, no `PG…` variable and no file of its home. Throws
 * where the server has a guard that does not let this command through.
 */
export function toEnvironment(
  connection: Connection,
  [program, ...args]: readonly [program: string, ...args: string[]],
): NodeJS.ProcessEnv {
  filterOf(connection)?.start(connection, program, args)
  return {
    ...bareEnvironment(),
    LC_ALL: 'C.UTF-8',
    // Goes before LC_ALL for messages, which are read in English.
    LANGUAGE: '',
    PGHOST: connection.host,
    PGPORT: String(connection.port),
    PGUSER: connection.user,
    PGPASSWORD: connection.password,
    PGDATABASE: connection.database,
    ...(connection.options === undefined ? {} : { PGOPTIONS: connection.options }),
    PGAPPNAME: 'dress-rehearsal',
    PGCONNECT_TIMEOUT: '10',
    PGCLIENTENCODING: 'UTF8',
  }
}
