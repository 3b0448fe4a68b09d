import { quoteIdentifier, type Row, type Session, type Value } from '../../postgres/session.ts'

/** What the rights are on, as GRANT names it, who owns it, and its access control list; `acl` is an SQL expression. */
interface Granted {
  readonly target: string
  readonly owner: string
  readonly rights: readonly Row[]
}

/**
 * Statements that give an object of today's default rights exactly the given ones (PostgreSQL manual, 5.7
 * "Privileges"). A right that somebody other than the owner granted on is granted as that role, after all others.
 */
export function writeGrants({ target, owner, rights }: Granted): string[] {
  const name = (role: Value | undefined) => (role == null ? 'PUBLIC' : quoteIdentifier(String(role)))
  const ordered = [...rights].sort(
    (one, other) => Number(one['grantor'] !== owner) - Number(other['grantor'] !== owner),
  )
  return [
    `REVOKE ALL ON ${target} FROM PUBLIC, ${quoteIdentifier(owner)}`,
    ...ordered.flatMap(({ grantor, grantee, privilege, grantable }) => {
      const option = grantable === true ? ' WITH GRANT OPTION' : ''
      const grant = `GRANT ${String(privilege)} ON ${target} TO ${name(grantee)}${option}`
      if (grantor === owner) return [grant]
      return [`SET SESSION AUTHORIZATION ${name(grantor)}`, grant, 'RESET SESSION AUTHORIZATION']
    }),
  ]
}

/** An access control list, one row per right; no rows for an empty list. */
export function explodeAcl(acl: string): string {
  return `
    SELECT pg_get_userbyid(a.grantor) AS grantor, a.privilege_type AS privilege, a.is_grantable AS grantable,
      CASE WHEN a.grantee <> 0 THEN pg_get_userbyid(a.grantee) END AS grantee
    FROM aclexplode(${acl}) AS a`
}

/** Owners and rights of the large objects, which a dump of the schema alone leaves out. */
export async function readLargeObjectGrants(session: Session): Promise<string[]> {
  const objects = await session.rows(`
    SELECT oid::text AS oid, pg_get_userbyid(lomowner) AS owner, lomacl IS NOT NULL AS has_rights
    FROM pg_largeobject_metadata ORDER BY pg_largeobject_metadata.oid`)
  const rights = await session.rows(
    `SELECT m.oid::text AS oid, r.* FROM pg_largeobject_metadata m, LATERAL (${explodeAcl('m.lomacl')}) AS r`,
  )
  return objects.flatMap(({ oid, owner, has_rights: hasRights }) => {
    const target = `LARGE OBJECT ${String(oid)}`
    return [
      `ALTER ${target} OWNER TO ${quoteIdentifier(String(owner))}`,
      ...(hasRights === true
        ? writeGrants({
            target,
            owner: String(owner),
            rights: rights.filter((right) => right['oid'] === oid),
          })
        : []),
    ]
  })
}

/** Who may set which parameter of the server (pg_parameter_acl, of PostgreSQL 15 and newer). */
export async function readParameterGrants(session: Session): Promise<string[]> {
  const [catalog] = await session.rows(
    "SELECT to_regclass('pg_catalog.pg_parameter_acl') IS NOT NULL AS is_there",
  )
  if (catalog?.['is_there'] !== true) return []
  const rights = await session.rows(
    `SELECT p.parname AS name, pg_get_userbyid(10) AS owner, r.*
     FROM pg_parameter_acl p, LATERAL (${explodeAcl('p.paracl')}) AS r ORDER BY p.parname COLLATE "C"`,
  )
  return [...new Set(rights.map(({ name }) => String(name)))].flatMap((name) => {
    const own = rights.filter((right) => right['name'] === name)
    return writeGrants({ target: parameterTarget(name), owner: String(own[0]!['owner']), rights: own })
  })
}

/** A parameter as GRANT names it. */
export function parameterTarget(name: string): string {
  return `PARAMETER ${name.split('.').map(quoteIdentifier).join('.')}`
}
