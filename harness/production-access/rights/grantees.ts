import type { Session } from '../../postgres/session.ts'

/** Whose rights a session has: its role's, those of every role that it is a member of or may become, and PUBLIC's. */
export interface Grantees {
  /** Its own role, quoted where needed, as are all names here. */
  readonly role: string
  readonly isSuperuser: boolean
  /** OIDs of pg_authid; 0 is PUBLIC. Without other roles that are superusers: nothing more needs to be said of these. */
  readonly oids: readonly string[]
}

/** Reads them; also through memberships that are not inherited, for which `SET ROLE` is enough. */
export async function readGrantees(session: Session): Promise<Grantees> {
  const roles = await session.rows(`
    SELECT oid::text AS oid, quote_ident(rolname) AS name, rolsuper AS is_superuser, rolname = session_user AS is_own
    FROM pg_catalog.pg_roles WHERE pg_has_role(session_user, oid, 'MEMBER')
    ORDER BY rolname COLLATE "C"`)
  const own = roles.find(({ is_own: isOwn }) => isOwn === true)
  return {
    role: String(own?.['name']),
    isSuperuser: own?.['is_superuser'] === true,
    oids: [
      '0',
      ...roles
        .filter((role) => role['is_own'] === true || role['is_superuser'] !== true)
        .map(({ oid }) => String(oid)),
    ],
  }
}
