import type { Row } from '../../postgres/session.ts'

/** What an identity is made of, where it is needed in parts: names without quotes, and a parameter's rights. */
export interface IdentityParts {
  readonly name?: string
  readonly member?: string
  readonly grantor?: string
  /** Null: settings of all roles. */
  readonly role?: string | null
  /** Null: settings in all databases. */
  readonly database?: string | null
  readonly rights?: readonly Row[] | null
}

const roleOf = (oid: string) => `(SELECT rolname FROM pg_roles WHERE pg_roles.oid = ${oid})`
const databaseOf = (oid: string) => `(SELECT datname FROM pg_database WHERE pg_database.oid = ${oid})`

/** SQL of the parts of an identity, by the system catalog whose rows are the objects. */
const sources: Readonly<Record<string, Partial<Record<keyof IdentityParts, string>>>> = {
  pg_authid: { role: 'pg_authid.rolname' },
  pg_auth_members: {
    member: roleOf('pg_auth_members.member'),
    role: roleOf('pg_auth_members.roleid'),
    // One that was dropped, as the identity has it.
    grantor: `coalesce(${roleOf('pg_auth_members.grantor')}, 'nobody')`,
  },
  pg_db_role_setting: {
    role: roleOf('pg_db_role_setting.setrole'),
    database: databaseOf('pg_db_role_setting.setdatabase'),
  },
  pg_database: { database: 'pg_database.datname' },
  pg_subscription: { database: databaseOf('pg_subscription.subdbid'), name: 'pg_subscription.subname' },
  pg_parameter_acl: {
    name: 'pg_parameter_acl.parname',
    rights: `(SELECT json_agg(json_build_object('grantor', pg_get_userbyid(a.grantor), 'privilege', a.privilege_type,
      'grantable', a.is_grantable, 'grantee', CASE WHEN a.grantee <> 0 THEN pg_get_userbyid(a.grantee) END))
      FROM aclexplode(pg_parameter_acl.paracl) AS a)`,
  },
}

/** SQL of the parts as JSON; NULL where an identity is needed whole alone. */
export function identityPartsOf(table: string): string {
  const parts = Object.entries(sources[table] ?? {})
  return parts.length === 0
    ? 'NULL::json'
    : `json_build_object(${parts.map(([name, sql]) => `'${name}', ${sql}`).join(', ')})`
}
