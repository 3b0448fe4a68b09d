import type { Row, Session } from '../../postgres/session.ts'
import type { Grantees } from './grantees.ts'
import type { Right } from './right.ts'

/** Rights that change something, by what GRANT calls the object (PostgreSQL manual, "Privileges"). */
const writingRights: Readonly<Record<string, readonly string[]>> = {
  TABLE: ['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN'],
  SEQUENCE: ['USAGE', 'UPDATE'],
  SCHEMA: ['CREATE'],
  DATABASE: ['CREATE'],
  TABLESPACE: ['CREATE'],
  'LARGE OBJECT': ['UPDATE'],
  // To make a server, or a user mapping.
  'FOREIGN DATA WRAPPER': ['USAGE'],
  'FOREIGN SERVER': ['USAGE'],
  PARAMETER: ['SET', 'ALTER SYSTEM'],
}

/** A right that leaves nothing behind, and is everybody's unless it was taken away. */
const temporary = {
  right: 'TEMPORARY',
  on: 'DATABASE',
  means: 'may create temporary tables, which no dump contains',
}

/** What a view takes, as pg_relation_is_updatable tells it: bits of the commands (nodes.h, CmdType). */
const updatableBits: Readonly<Record<string, number>> = { UPDATE: 4, INSERT: 8, DELETE: 16 }

/**
 * Each access control list, with its owner. UPDATE on pg_settings, which is everybody's, is no more than SET. Another
 * session's temporary tables are no part of the database. Parameters have rights since PostgreSQL 15.
 */
const objectsQuery = (hasParameters: boolean) => `
  SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
    format('%I.%I', n.nspname, c.relname) AS name, NULL AS col, c.relowner AS owner, c.relacl AS acl,
    CASE relkind WHEN 'v' THEN pg_relation_is_updatable(c.oid, true) END AS updatable
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.relacl IS NOT NULL AND c.relpersistence <> 't'
    AND c.oid <> 'pg_catalog.pg_settings'::regclass
UNION ALL
  SELECT 'TABLE', format('%I.%I', n.nspname, c.relname), quote_ident(a.attname), c.relowner, a.attacl, NULL
  FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND c.relpersistence <> 't'
UNION ALL
  SELECT 'SCHEMA', quote_ident(nspname), NULL, nspowner, nspacl, NULL FROM pg_catalog.pg_namespace
UNION ALL
  SELECT 'DATABASE', quote_ident(datname), NULL, datdba, coalesce(datacl, acldefault('d', datdba)), NULL
  FROM pg_catalog.pg_database WHERE datname = current_database()
UNION ALL
  SELECT 'TABLESPACE', quote_ident(spcname), NULL, spcowner, spcacl, NULL FROM pg_catalog.pg_tablespace
UNION ALL
  SELECT 'LARGE OBJECT', oid::text, NULL, lomowner, lomacl, NULL FROM pg_catalog.pg_largeobject_metadata
  WHERE lomacl IS NOT NULL
UNION ALL
  SELECT 'FOREIGN DATA WRAPPER', quote_ident(fdwname), NULL, fdwowner, fdwacl, NULL
  FROM pg_catalog.pg_foreign_data_wrapper
UNION ALL
  SELECT 'FOREIGN SERVER', quote_ident(srvname), NULL, srvowner, srvacl, NULL FROM pg_catalog.pg_foreign_server
${hasParameters ? "UNION ALL SELECT 'PARAMETER', parname, NULL, 10, paracl, NULL FROM pg_catalog.pg_parameter_acl" : ''}`

/** Rights that were granted on objects, but for those of an owner, which go with owning. */
export async function readGrantedRights(
  session: Session,
  { oids }: Grantees,
): Promise<{ writes: Right[]; unneeded: Right[] }> {
  const [server] = await session.rows(
    `SELECT current_setting('server_version_num')::int >= 150000 AS has_parameters`,
  )
  const rows = await session.rows(
    `SELECT o.kind, o.name, o.col, o.updatable, a.privilege_type AS privilege,
       CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END AS through
     FROM (${objectsQuery(server?.['has_parameters'] === true)}) AS o, LATERAL aclexplode(o.acl) AS a
     WHERE a.grantee = ANY ($1::oid[]) AND o.owner <> ALL ($1::oid[])
     ORDER BY o.kind, o.name COLLATE "C", o.col COLLATE "C", a.privilege_type, a.grantee`,
    [oids],
  )
  const writes: Right[] = []
  const unneeded: Right[] = []
  for (const row of rows) {
    const [kind, privilege] = [String(row['kind']), String(row['privilege'])]
    if (kind === temporary.on && privilege === temporary.right) unneeded.push(toRight(row, temporary.means))
    else if (writingRights[kind]?.includes(privilege) === true) {
      if (takesNone(row, privilege))
        unneeded.push(toRight(row, 'has no effect on a view that is not updatable'))
      else writes.push(toRight(row, null))
    }
  }
  return { writes, unneeded }
}

function takesNone({ updatable }: Row, privilege: string): boolean {
  const bit = updatableBits[privilege]
  return bit !== undefined && typeof updatable === 'number' && (updatable & bit) === 0
}

function toRight(row: Row, means: string | null): Right {
  const column = row['col'] === null ? '' : ` (${String(row['col'])})`
  const [through, on] = [String(row['through']), `${String(row['kind'])} ${String(row['name'])}`]
  const right = `${String(row['privilege'])}${column}`
  return { right, on, through, means, revoke: `REVOKE ${right} ON ${on} FROM ${through};` }
}
