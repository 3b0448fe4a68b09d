import type { Session } from '../../postgres/session.ts'

/** `name=value` of each option → the names alone; the values may hold a password. */
const optionNames = (options: string) =>
  `(SELECT string_agg(split_part(o, '=', 1), ', ' ORDER BY o) FROM unnest(${options}) AS o)`

/** Options by which a foreign table names a file or program of the server (file_fdw). */
const isLocal = `o ~ '^(filename|program)='`

/**
 * Removes all options of foreign servers and user mappings, and those of foreign tables that name a file or a
 * program of the server. A dump by an ordinary role contains mappings without their options.
 */
export async function blankForeignData(session: Session): Promise<string[]> {
  const servers = await session.rows(`
    SELECT quote_ident(srvname) AS name, ${optionNames('srvoptions')} AS options
    FROM pg_foreign_server WHERE srvoptions IS NOT NULL ORDER BY 1`)
  const mappings = await session.rows(`
    SELECT CASE m.umuser WHEN 0 THEN 'PUBLIC' ELSE m.umuser::regrole::text END || ' on ' || quote_ident(s.srvname) AS name
    FROM pg_user_mapping AS m JOIN pg_foreign_server AS s ON s.oid = m.umserver ORDER BY 1`)
  const tables = await session.rows(`
    SELECT t.ftrelid::regclass::text AS name, ${optionNames('ARRAY(SELECT o FROM unnest(t.ftoptions) AS o WHERE ' + isLocal + ')')} AS options
    FROM pg_foreign_table AS t WHERE EXISTS (SELECT FROM unnest(t.ftoptions) AS o WHERE ${isLocal}) ORDER BY 1`)
  await session.rows(`
    UPDATE pg_foreign_server SET srvoptions = NULL WHERE srvoptions IS NOT NULL;
    UPDATE pg_user_mapping SET umoptions = NULL WHERE umoptions IS NOT NULL;
    UPDATE pg_foreign_table SET ftoptions = nullif(ARRAY(SELECT o FROM unnest(ftoptions) AS o WHERE NOT ${isLocal}), '{}')
    WHERE EXISTS (SELECT FROM unnest(ftoptions) AS o WHERE ${isLocal})`)
  return [
    ...servers.map(({ name, options }) => `server ${String(name)}: without its options ${String(options)}`),
    ...mappings.map(({ name }) => `user mapping ${String(name)}: without its options`),
    ...tables.map(
      ({ name, options }) => `foreign table ${String(name)}: without its options ${String(options)}`,
    ),
  ]
}
