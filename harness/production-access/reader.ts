import { quoteIdentifier, quoteLiteral, type Session } from '../postgres/session.ts'

/** The role by which the harness reads databases that it must not change. */
export const readerName = 'dress_rehearsal_reader'

/**
 * Makes the reader, a role with no right to write: it reads all tables and all sessions' states, and pg_dump
 * needs of it that row-level security hides nothing. `session` is a superuser's, in any database.
 */
export async function createReader(session: Session, password: string): Promise<void> {
  const role = quoteIdentifier(readerName)
  await session.rows(`
    CREATE ROLE ${role} LOGIN BYPASSRLS PASSWORD ${quoteLiteral(password)};
    GRANT pg_read_all_data, pg_read_all_stats TO ${role};
    ALTER ROLE ${role} SET default_transaction_read_only = on`)
}

/** Lets the reader into the session's database, where not everybody may connect. */
export async function grantConnect(session: Session): Promise<void> {
  const [database] = await session.rows(
    `SELECT current_database() AS name, has_database_privilege($1, current_database(), 'CONNECT') AS is_open`,
    [readerName],
  )
  if (database?.['is_open'] === true) return
  await session.rows(
    `GRANT CONNECT ON DATABASE ${quoteIdentifier(String(database?.['name']))} TO ${quoteIdentifier(readerName)}`,
  )
}

/** Lets the reader read the large objects of the session's database, which pg_read_all_data does not cover. */
export async function grantLargeObjects(session: Session): Promise<void> {
  await session.rows(`
    DO $grant$
    DECLARE large_object oid;
    BEGIN
      FOR large_object IN SELECT oid FROM pg_largeobject_metadata LOOP
        EXECUTE format('GRANT SELECT ON LARGE OBJECT %s TO %I', large_object, ${quoteLiteral(readerName)});
      END LOOP;
    END
    $grant$`)
}
