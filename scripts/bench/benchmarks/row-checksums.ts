import { Cleanup } from '../../../harness/process/cleanup.ts'
import { identify } from '../../../harness/fingerprint/content/relations.ts'
import type { Connection } from '../../../harness/postgres/connection.ts'
import { openSession, quoteIdentifier, type Session } from '../../../harness/postgres/session.ts'
import { isUserSchema } from '../../../harness/postgres/user-schemas.ts'

/** As many workers as pgcopydb starts by default (`--table-jobs`), each with a session in either database. */
const workers = 4

interface Table {
  readonly identity: string
  readonly statement: string
}

/**
 * Compares the tables of two databases by what `pgcopydb compare data` computes from version 0.14 on (its source,
 * `schema_send_table_checksum` and `compare.c`): for each ordinary table of the first database the row count and the
 * sum of the 32-bit hashes of the rows as text. Gives the tables that differ. It stands in for the program where that
 * has no such command, and is spared its start, its work directory and a connection for each table.
 */
export async function compareRowChecksums(first: Connection, second: Connection): Promise<string[]> {
  await using cleanup = new Cleanup()
  const open = async (connection: Connection): Promise<Session> =>
    cleanup.own(`a session in ${connection.database}`, await openSession(connection))
  const pairs: [Session, Session][] = []
  for (let count = 0; count < workers; count += 1) pairs.push([await open(first), await open(second)])
  const queue = await listTables(pairs[0]![0])
  const differing: string[] = []
  await Promise.all(
    pairs.map(async (sessions) => {
      for (let table = queue.shift(); table !== undefined; table = queue.shift()) {
        const { statement, identity } = table
        const [one, two] = await Promise.all(sessions.map((session) => readChecksum(session, statement)))
        if (one !== two) differing.push(identity)
      }
    }),
  )
  return differing.sort()
}

async function readChecksum(session: Session, statement: string): Promise<string> {
  const [row] = await session.rows(statement)
  return `${row?.['rows']}/${row?.['checksum']}`
}

/** The largest first, as the program does it. */
async function listTables(session: Session): Promise<Table[]> {
  const rows = await session.rows(`
    SELECT n.nspname AS schema, c.relname AS name, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind = 'r' AND ${isUserSchema}
    GROUP BY c.oid, n.nspname, c.relname ORDER BY pg_table_size(c.oid) DESC`)
  return rows.map(({ schema, name, columns }) => {
    const checksum = columns === null ? '0' : `sum(hashtext((${String(columns)})::text)::bigint)`
    const table = `${quoteIdentifier(String(schema))}.${quoteIdentifier(String(name))}`
    return {
      identity: identify(schema, name),
      statement: `SELECT count(1) AS rows, ${checksum} AS checksum FROM ONLY ${table}`,
    }
  })
}
