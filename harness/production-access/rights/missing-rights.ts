import type { Session } from '../../postgres/session.ts'
import { isUserSchema } from '../../postgres/user-schemas.ts'
import type { MissingRight } from './right.ts'

/**
 * What the harness and pg_dump need and the session's role has not: schemas, tables, sequences, large objects, rows
 * that row-level security would hide, and other sessions' states. CONNECT it has, or there were no session.
 */
export async function readMissingRights(session: Session, to: string): Promise<MissingRight[]> {
  const schemas = await session.rows(`
    SELECT quote_ident(n.nspname) AS name FROM pg_catalog.pg_namespace n
    WHERE ${isUserSchema} AND NOT has_schema_privilege(n.oid, 'USAGE') ORDER BY n.nspname COLLATE "C"`)
  // By name, not by text: without USAGE on its schema a table cannot be named, but its oid can.
  const relations = await session.rows(`
    SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
      format('%I.%I', n.nspname, c.relname) AS name,
      NOT CASE c.relkind WHEN 'S' THEN has_sequence_privilege(c.oid, 'SELECT')
        ELSE has_table_privilege(c.oid, 'SELECT') END AS is_closed,
      c.relkind IN ('r', 'p') AND row_security_active(c.oid) AS is_secured
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE ${isUserSchema} AND c.relkind IN ('r', 'p', 'm', 'S') AND c.relpersistence <> 't'
    ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`)
  const largeObjects = await session.rows(`
    SELECT m.oid::text AS oid FROM pg_catalog.pg_largeobject_metadata m
    WHERE current_setting('lo_compat_privileges') = 'off'
      AND NOT (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)
      AND NOT pg_has_role(m.lomowner, 'USAGE')
      AND NOT EXISTS (SELECT FROM aclexplode(m.lomacl) AS a
        WHERE a.privilege_type = 'SELECT' AND (a.grantee = 0 OR pg_has_role(a.grantee, 'USAGE')))
    ORDER BY m.oid`)
  const [statistics] = await session.rows(`SELECT pg_has_role('pg_read_all_stats', 'USAGE') AS has`)
  const secured = relations.filter((row) => row['is_secured'] === true).map(({ name }) => String(name))
  return [
    ...schemas.map(({ name }) => ({
      right: 'USAGE',
      on: `SCHEMA ${String(name)}`,
      grant: `GRANT USAGE ON SCHEMA ${String(name)} TO ${to};`,
    })),
    ...relations
      .filter((row) => row['is_closed'] === true)
      .map(({ kind, name }) => ({
        right: 'SELECT',
        on: `${String(kind)} ${String(name)}`,
        grant: `GRANT SELECT ON ${String(kind)} ${String(name)} TO ${to};`,
      })),
    ...largeObjects.map(({ oid }) => ({
      right: 'SELECT',
      on: `LARGE OBJECT ${String(oid)}`,
      grant: `GRANT SELECT ON LARGE OBJECT ${String(oid)} TO ${to};`,
    })),
    ...(secured.length === 0
      ? []
      : [
          {
            right: 'BYPASSRLS',
            on: `rows of ${secured.join(', ')}, which row-level security would hide`,
            grant: `ALTER ROLE ${to} BYPASSRLS;`,
          },
        ]),
    ...(statistics?.['has'] === true
      ? []
      : [
          {
            right: 'MEMBER',
            on: 'ROLE pg_read_all_stats, to see what other sessions do',
            grant: `GRANT pg_read_all_stats TO ${to};`,
          },
        ]),
  ]
}
