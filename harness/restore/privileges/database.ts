import { readerName } from '../../production-access/reader.ts'
import { quoteIdentifier, quoteLiteral, type Session } from '../../postgres/session.ts'
import { explodeAcl, writeGrants } from './grants.ts'
import { readList } from './roles.ts'
import { writeSetting } from './settings.ts'

/**
 * Statements that give the database `target` what the session's database has as a whole, and neither a dump nor
 * CREATE DATABASE … TEMPLATE brings along: settings, a role's settings in it, grants, connection limit, and the comment,
 * unless that is told to stay (`comment`).
 */
export async function readDatabase(
  session: Session,
  target: string,
  { comment: bringsComment = true }: { readonly comment?: boolean } = {},
): Promise<string[]> {
  const name = quoteIdentifier(target)
  const [database] = await session.rows(`
    SELECT pg_get_userbyid(datdba) AS owner, datacl IS NOT NULL AS has_rights, datconnlimit AS connections,
      shobj_description(oid, 'pg_database') AS comment
    FROM pg_database WHERE datname = current_database()`)
  const rights = await session.rows(
    `SELECT r.* FROM pg_database d, LATERAL (${explodeAcl('d.datacl')}) AS r WHERE d.datname = current_database()`,
  )
  const settings = await session.rows(`
    SELECT r.rolname AS role, array_to_json(s.setconfig)::text AS setting
    FROM pg_db_role_setting s
    JOIN pg_database d ON d.oid = s.setdatabase AND d.datname = current_database()
    LEFT JOIN pg_roles r ON r.oid = s.setrole
    WHERE r.rolname IS DISTINCT FROM ${quoteLiteral(readerName)}
    ORDER BY r.rolname COLLATE "C" NULLS FIRST`)
  const comment = database?.['comment'] ?? null
  return [
    ...(database?.['has_rights'] === true
      ? writeGrants({ target: `DATABASE ${name}`, owner: String(database['owner']), rights })
      : []),
    `ALTER DATABASE ${name} CONNECTION LIMIT ${String(database?.['connections'])}`,
    ...(bringsComment
      ? [`COMMENT ON DATABASE ${name} IS ${comment === null ? 'NULL' : quoteLiteral(String(comment))}`]
      : []),
    ...settings.flatMap(({ role, setting }) =>
      readList(setting).map((entry) =>
        role === null
          ? `ALTER DATABASE ${name} ${writeSetting(entry)}`
          : `ALTER ROLE ${quoteIdentifier(String(role))} IN DATABASE ${name} ${writeSetting(entry)}`,
      ),
    ),
  ]
}
