import { quoteLiteral } from './session.ts'

export interface RoleAttribute {
  /** Its column in pg_roles. */
  readonly column: string
  /** Its name in a fingerprint. */
  readonly name: string
  /** Its word in ALTER ROLE, where a value follows unless it is a flag. */
  readonly keyword: string
  readonly takes: 'flag' | 'number' | 'text'
  /** What it permits beyond the database, as the end of "it may …". */
  readonly permits?: string
}

/** The attributes of a role but for its password (PostgreSQL manual, "CREATE ROLE"). */
export const roleAttributes: readonly RoleAttribute[] = [
  { column: 'rolsuper', name: 'superuser', keyword: 'SUPERUSER', takes: 'flag', permits: 'do anything' },
  { column: 'rolinherit', name: 'inherit', keyword: 'INHERIT', takes: 'flag' },
  {
    column: 'rolcreaterole',
    name: 'create roles',
    keyword: 'CREATEROLE',
    takes: 'flag',
    permits: 'make roles, and through them become what is no superuser',
  },
  {
    column: 'rolcreatedb',
    name: 'create databases',
    keyword: 'CREATEDB',
    takes: 'flag',
    permits: 'make databases',
  },
  { column: 'rolcanlogin', name: 'login', keyword: 'LOGIN', takes: 'flag' },
  {
    column: 'rolreplication',
    name: 'replication',
    keyword: 'REPLICATION',
    takes: 'flag',
    permits: 'make and drop replication slots, and stream the whole server',
  },
  { column: 'rolbypassrls', name: 'bypass row security', keyword: 'BYPASSRLS', takes: 'flag' },
  { column: 'rolconnlimit', name: 'connection limit', keyword: 'CONNECTION LIMIT', takes: 'number' },
  { column: 'rolvaliduntil', name: 'valid until', keyword: 'VALID UNTIL', takes: 'text' },
]

/** The attributes of a row of pg_roles that reach beyond the database. */
export function findReachingAttributes(role: Readonly<Record<string, unknown>> | undefined) {
  return roleAttributes.flatMap(({ column, keyword, permits }) =>
    permits !== undefined && role?.[column] === true ? [{ keyword, permits }] : [],
  )
}

/** The option of ALTER ROLE that gives an attribute its value, as PostgreSQL writes it as text; none for no value. */
export function writeAttribute({ keyword, takes }: RoleAttribute, value: string | null): string[] {
  if (takes === 'flag') return [value === 'true' ? keyword : `NO${keyword}`]
  return value === null ? [] : [`${keyword} ${takes === 'text' ? quoteLiteral(value) : value}`]
}
