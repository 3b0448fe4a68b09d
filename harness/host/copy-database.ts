import { quoteIdentifier, type Session } from '../postgres/session.ts'

/** A physical copy of a database, in which nobody may have a session, under another name, in the same cluster. */
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
