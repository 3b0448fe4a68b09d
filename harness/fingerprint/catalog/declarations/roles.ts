import { compared, inIdentity, type ObjectDeclaration, rowOid } from '../declaration.ts'
import { asIs, database, role } from '../names.ts'

/** Roles, the predefined ones too. Of a password only whether there is one is told. */
export const roles: ObjectDeclaration = {
  table: 'pg_authid',
  class: `'role'`,
  identity: 'quote_ident(pg_authid.rolname)',
  address: { catalog: 'pg_authid', oid: 'pg_authid.oid' },
  substitute: { from: 'pg_roles', unreadable: ['rolpassword'] },
  withSystem: true,
  columns: {
    oid: rowOid,
    rolname: inIdentity,
    rolsuper: compared('superuser', asIs),
    rolinherit: compared('inherit', asIs),
    rolcreaterole: compared('create roles', asIs),
    rolcreatedb: compared('create databases', asIs),
    rolcanlogin: compared('login', asIs),
    rolreplication: compared('replication', asIs),
    rolbypassrls: compared('bypass row security', asIs),
    rolconnlimit: compared('connection limit', asIs),
    rolpassword: compared('has a password', (password) => `(${password} IS NOT NULL)::text`),
    rolvaliduntil: compared('valid until', asIs),
  },
}

/** A grantor that was dropped, which PostgreSQL before 16 lets happen, has no name. */
const grantor = `coalesce((SELECT quote_ident(rolname) FROM pg_roles WHERE pg_roles.oid = pg_auth_members.grantor), 'nobody')`

export const memberships: ObjectDeclaration = {
  table: 'pg_auth_members',
  class: `'membership'`,
  identity: `${role('pg_auth_members.member')} || ' in ' || ${role('pg_auth_members.roleid')} || ' granted by ' || ${grantor}`,
  parent: `'role ' || ${role('pg_auth_members.member')}`,
  withSystem: true,
  columns: {
    oid: rowOid,
    roleid: inIdentity,
    member: inIdentity,
    grantor: inIdentity,
    admin_option: compared('admin', asIs),
    inherit_option: compared('inherit', asIs),
    set_option: compared('set', asIs),
  },
}

/** What ALTER ROLE … SET and ALTER DATABASE … SET left. */
export const roleSettings: ObjectDeclaration = {
  table: 'pg_db_role_setting',
  class: `'settings'`,
  identity: `CASE WHEN pg_db_role_setting.setrole <> 0 THEN 'role ' || ${role('pg_db_role_setting.setrole')} ELSE 'all roles' END || CASE WHEN pg_db_role_setting.setdatabase <> 0 THEN ' in database ' || ${database('pg_db_role_setting.setdatabase')} ELSE '' END`,
  withSystem: true,
  columns: {
    setdatabase: inIdentity,
    setrole: inIdentity,
    setconfig: compared('settings', asIs),
  },
}
