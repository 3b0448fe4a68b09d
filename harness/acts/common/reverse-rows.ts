import { rowAlias } from '../../fingerprint/content/image.ts'
import type { Connection } from '../../postgres/connection.ts'
import { openSession, quoteIdentifier } from '../../postgres/session.ts'
import { isUserSchema } from '../../postgres/user-schemas.ts'

/** Tables up to this size are turned; a larger one would cost more than it shows. */
const mostBytes = 4 * 1024 ** 2

/**
 * Lays the rows of every small table down again from the last to the first, so that what reads them without an ORDER
 * BY meets them in another order. No trigger fires, and no value changes. Returns how many tables it turned.
 */
export async function reverseRows(superuser: Connection): Promise<number> {
  await using session = await openSession(superuser)
  const tables = await session.rows(`
    SELECT n.nspname AS schema, c.relname AS name, min(a.attname) AS column
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attgenerated = '' AND a.attidentity <> 'a'
    WHERE ${isUserSchema} AND c.relkind = 'r' AND NOT c.relhasrules
      AND pg_table_size(c.oid) <= ${mostBytes}
    GROUP BY 1, 2 ORDER BY 1, 2`)
  await session.rows('SET session_replication_role = replica')
  for (const { schema, name, column } of tables) {
    const table = `${quoteIdentifier(String(schema))}.${quoteIdentifier(String(name))}`
    const value = quoteIdentifier(String(column))
    await session.rows(`
      DO $turn$
      <<turn>>
      DECLARE place tid;
      BEGIN
        FOR place IN SELECT ctid FROM ONLY ${table} ORDER BY ctid DESC LOOP
          UPDATE ONLY ${table} AS ${rowAlias} SET ${value} = ${rowAlias}.${value} WHERE ctid = turn.place;
        END LOOP;
      END
      $turn$`)
  }
  return tables.length
}
