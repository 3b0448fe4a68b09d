import { readerName } from '../../production-access/reader.ts'
import { quoteIdentifier, quoteLiteral, type Session } from '../../postgres/session.ts'
import { roleAttributes, writeAttribute } from '../../postgres/role-attributes.ts'
import { writeSetting } from './settings.ts'

/** The bootstrap superuser (oid 10) and the reader exist in every cluster of a run; `pg_` roles in every cluster. */
const isCopied = (role: string) =>
  `${role}.oid <> 10 AND ${role}.rolname !~ '^pg_' AND ${role}.rolname <> ${quoteLiteral(readerName)}`

/**
 * Statements that bring a cluster's roles to another: attributes, settings, comments, memberships, and no password. Of
 * the release's role, which is there, SUPERUSER and LOGIN stay as they are. Who granted a membership is not kept.
 */
export async function readRoles(session: Session, owner: string): Promise<string[]> {
  const roles = await session.rows(`
    SELECT r.rolname, ${roleAttributes.map(([column]) => `r.${column}::text`).join(', ')}, s.setting,
      shobj_description(r.oid, 'pg_authid') AS comment
    FROM pg_roles r
    LEFT JOIN LATERAL (SELECT array_to_json(r.rolconfig)::text AS setting) AS s ON true
    WHERE ${isCopied('r')} ORDER BY r.rolname COLLATE "C"`)
  const created = roles.flatMap((row) => {
    const name = String(row['rolname'])
    const role = quoteIdentifier(name)
    const options = roleAttributes
      .filter(([column]) => name !== owner || !['rolsuper', 'rolcanlogin'].includes(column))
      .flatMap((attribute) => writeAttribute(attribute, row[attribute[0]] as string | null))
    return [
      ...(name === owner ? [] : [`CREATE ROLE ${role}`]),
      `ALTER ROLE ${role} ${options.join(' ')}`,
      ...(row['comment'] === null
        ? []
        : [`COMMENT ON ROLE ${role} IS ${quoteLiteral(String(row['comment']))}`]),
      ...readList(row['setting']).map((setting) => `ALTER ROLE ${role} ${writeSetting(setting)}`),
    ]
  })
  return [...created, ...(await readSettingsOfAll(session)), ...(await readMemberships(session))]
}

/** Settings of `ALTER ROLE ALL`, which hold in every database. */
async function readSettingsOfAll(session: Session): Promise<string[]> {
  const [row] = await session.rows(
    'SELECT array_to_json(setconfig)::text AS setting FROM pg_db_role_setting WHERE setdatabase = 0 AND setrole = 0',
  )
  return readList(row?.['setting']).map((setting) => `ALTER ROLE ALL ${writeSetting(setting)}`)
}

async function readMemberships(session: Session): Promise<string[]> {
  // `inherit_option` and `set_option` are of PostgreSQL 16 and newer.
  const memberships = await session.rows(`
    SELECT g.rolname AS role, m.rolname AS member, a.admin_option,
      to_jsonb(a) ->> 'inherit_option' AS inherits, to_jsonb(a) ->> 'set_option' AS sets
    FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
    WHERE ${isCopied('m')} ORDER BY g.rolname COLLATE "C", m.rolname COLLATE "C"`)
  return memberships.map(({ role, member, admin_option: admin, inherits, sets }) => {
    const options = [
      ...(admin === true ? ['ADMIN OPTION'] : []),
      ...(inherits === null ? [] : [`INHERIT ${inherits}`, `SET ${sets}`]),
    ]
    const suffix = options.length === 0 ? '' : ` WITH ${options.join(', ')}`
    return `GRANT ${quoteIdentifier(String(role))} TO ${quoteIdentifier(String(member))}${suffix}`
  })
}

/** A text array that the query gave as JSON; none for NULL. */
export function readList(value: unknown): string[] {
  return typeof value === 'string' ? (JSON.parse(value) as string[]) : []
}
