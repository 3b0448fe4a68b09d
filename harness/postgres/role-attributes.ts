import { quoteLiteral } from './session.ts'

/**
 * An attribute of a role: its column in pg_roles, its name in a fingerprint, its word in ALTER ROLE, where a value follows
 * two words, and what it permits beyond the database, as the end of "it may …".
 */
type RoleAttribute = readonly [column: string, name: string, keyword: string, permits?: string]

/** All but the password (PostgreSQL manual, "CREATE ROLE"). */
export const roleAttributes: readonly RoleAttribute[] = [
  ['rolsuper', 'superuser', 'SUPERUSER', 'do anything'],
  ['rolinherit', 'inherit', 'INHERIT'],
  [
    'rolcreaterole',
    'create roles',
    'CREATEROLE',
    'create roles, and through them become any role that is no superuser',
  ],
  ['rolcreatedb', 'create databases', 'CREATEDB', 'create databases'],
  ['rolcanlogin', 'login', 'LOGIN'],
  [
    'rolreplication',
    'replication',
    'REPLICATION',
    'create and drop replication slots, and stream the whole server',
  ],
  ['rolbypassrls', 'bypass row security', 'BYPASSRLS'],
  ['rolconnlimit', 'connection limit', 'CONNECTION LIMIT'],
  ['rolvaliduntil', 'valid until', 'VALID UNTIL'],
]

/** The attributes of a row of pg_roles that reach beyond the database. */
export function findReachingAttributes(role: Readonly<Record<string, unknown>> | undefined) {
  return roleAttributes.filter(([column, , , permits]) => permits !== undefined && role?.[column] === true)
}

/** The option of ALTER ROLE that gives an attribute its value, as PostgreSQL writes it as text; none for no value. */
export function writeAttribute([column, , keyword]: RoleAttribute, value: string | null): string[] {
  if (!keyword.includes(' ')) return [value === 'true' ? keyword : `NO${keyword}`]
  return value === null ? [] : [`${keyword} ${column === 'rolvaliduntil' ? quoteLiteral(value) : value}`]
}
