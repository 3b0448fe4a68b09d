import type { Cluster } from '../../cluster/cluster.ts'
import { readerName } from '../../isolation/reader.ts'
import { openSession, quoteIdentifier, type Session } from '../../postgres/session.ts'
import { ownDatabases } from './own-databases.ts'

/** Copies the clone, in which nobody may have a session, file by file. */
export async function copyEntry(cluster: Cluster, database: string): Promise<void> {
  await using session = await openSession(cluster.superuser)
  await copyDatabase(session, database, ownDatabases.entry)
  await session.rows(`
    REVOKE CONNECT ON DATABASE ${quoteIdentifier(ownDatabases.entry)} FROM PUBLIC;
    GRANT CONNECT ON DATABASE ${quoteIdentifier(ownDatabases.entry)} TO ${quoteIdentifier(readerName)}`)
}

/** A physical copy of a database under another name, in the same cluster. */
export async function copyDatabase(
  session: Session,
  from: string,
  to: string,
  owner = 'postgres',
): Promise<void> {
  const [row] = await session.rows(
    "SELECT current_setting('server_version_num')::int >= 150000 AS has_strategy",
  )
  // The other strategy, which 15 brought and made the default, writes every block to the WAL.
  const strategy = row?.['has_strategy'] === true ? 'STRATEGY FILE_COPY' : ''
  await session.rows(
    `CREATE DATABASE ${quoteIdentifier(to)} TEMPLATE ${quoteIdentifier(from)} OWNER ${quoteIdentifier(owner)} ${strategy}`,
  )
}
