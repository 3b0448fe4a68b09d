import { findReachingAttributes } from '../../postgres/role-attributes.ts'
import type { Row, Session } from '../../postgres/session.ts'
import type { Grantees } from './grantees.ts'
import type { Right } from './right.ts'

/**
 * Predefined roles that only read (PostgreSQL manual, "Predefined Roles"); what is not named here counts as writing.
 */
const readingRoles: ReadonlyMap<string, string | null> = new Map([
  ['pg_read_all_data', null],
  ['pg_read_all_stats', null],
  ['pg_read_all_settings', 'may read all settings'],
  ['pg_stat_scan_tables', 'may lock tables while it monitors them'],
  ['pg_monitor', 'may monitor'],
  ['pg_use_reserved_connections', 'may use reserved connections'],
])

/**
 * Attributes and memberships of the roles: what may write, and of the predefined ones what reads more than is needed.
 */
export async function readRoleRights(
  session: Session,
  { oids }: Grantees,
): Promise<{ writes: Right[]; unneeded: Right[] }> {
  const roles = await session.rows(
    `SELECT *, quote_ident(rolname) AS name FROM pg_catalog.pg_roles
     WHERE oid = ANY ($1::oid[]) ORDER BY rolname COLLATE "C"`,
    [oids],
  )
  const memberships = await session.rows(
    `SELECT quote_ident(g.rolname) AS role, g.rolsuper AS is_superuser, g.oid < 16384 AS is_predefined,
       quote_ident(m.rolname) AS member, a.admin_option AS may_grant
     FROM pg_catalog.pg_auth_members a
     JOIN pg_catalog.pg_roles g ON g.oid = a.roleid JOIN pg_catalog.pg_roles m ON m.oid = a.member
     WHERE a.member = ANY ($1::oid[]) AND m.oid >= 16384 ORDER BY g.rolname COLLATE "C", m.rolname COLLATE "C"`,
    [oids],
  )
  const memberRights = memberships.flatMap(toMembershipRights)
  const isExtra = ({ right, on }: Right) => right === 'MEMBER' && readingRoles.has(on.slice('ROLE '.length))
  return {
    writes: [...roles.flatMap(toAttributeRights), ...memberRights.filter((right) => !isExtra(right))],
    unneeded: memberRights.filter(isExtra),
  }
}

function toAttributeRights(row: Row): Right[] {
  const role = String(row['name'])
  return findReachingAttributes(row).map(([, , keyword, permits]) => ({
    right: keyword,
    on: `ROLE ${role}`,
    through: role,
    means: `may ${permits}`,
    revoke: `ALTER ROLE ${role} NO${keyword};`,
  }))
}

/**
 * A membership in an ordinary role is reported by what that role may do; one in a superuser or a `pg_` role, by itself.
 */
function toMembershipRights(row: Row): Right[] {
  const [role, member] = [String(row['role']), String(row['member'])]
  const base = { on: `ROLE ${role}`, through: member }
  const rights: Right[] = []
  if (row['may_grant'] === true) {
    rights.push({
      ...base,
      right: 'ADMIN OPTION',
      means: 'may grant membership in it',
      revoke: `REVOKE ADMIN OPTION FOR ${role} FROM ${member};`,
    })
  }
  const hasWeight = row['is_superuser'] === true || row['is_predefined'] === true
  if (!hasWeight || readingRoles.get(role) === null) return rights
  const means = readingRoles.get(role) ?? (row['is_superuser'] === true ? 'may do anything' : null)
  return [...rights, { ...base, right: 'MEMBER', means, revoke: `REVOKE ${role} FROM ${member};` }]
}
