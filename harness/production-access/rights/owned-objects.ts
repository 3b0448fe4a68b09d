import type { Session } from '../../postgres/session.ts'
import type { Grantees } from './grantees.ts'
import type { Right } from './right.ts'

/**
 * What the roles own in the database and the cluster: an owner may do everything. pg_shdepend records each owner but
 * the superuser that made the cluster (PostgreSQL manual, "pg_shdepend"); what it lists as owned by default rights is
 * no object.
 */
export async function readOwnedObjects(session: Session, { role, oids }: Grantees): Promise<Right[]> {
  const rows = await session.rows(
    `SELECT upper(i.type) || ' ' || i.identity AS on, quote_ident(pg_get_userbyid(d.refobjid)) AS owner
     FROM pg_catalog.pg_shdepend d,
       LATERAL pg_identify_object(d.classid, d.objid, d.objsubid) AS i
     WHERE d.refclassid = 'pg_catalog.pg_authid'::regclass AND d.refobjid = ANY ($1::oid[]) AND d.deptype = 'o'
       AND d.dbid IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()))
       AND d.classid <> 'pg_catalog.pg_default_acl'::regclass
     ORDER BY 1`,
    [oids],
  )
  return rows.map(({ on, owner }) => ({
    right: 'OWNER',
    on: String(on),
    through: String(owner),
    means: null,
    revoke:
      owner === role ? `REASSIGN OWNED BY ${role} TO another_role;` : `REVOKE ${String(owner)} FROM ${role};`,
  }))
}
