import { quoteIdentifier, quoteLiteral, type Session } from '../../postgres/session.ts'

/**
 * Statements that give each extension, and each object of it, to its owner in the source: a dump makes an extension
 * anew, and so as the property of the role that restores it. `to` is a superuser's session in the restored database.
 */
export async function readExtensionOwners(from: Session, to: Session): Promise<string[]> {
  const wanted = new Map((await readOwned(from)).map((owned) => [keyOf(owned), owned.owner]))
  const others = (await readOwned(to)).filter((owned) => {
    const owner = wanted.get(keyOf(owned))
    return owner !== undefined && owner !== owned.owner
  })
  if (others.length === 0) return []
  return [
    // No command changes the owner of an extension itself.
    'SET LOCAL allow_system_table_mods = on',
    ...others.flatMap((owned) => writeOwner(owned, wanted.get(keyOf(owned)) ?? null)),
    'SET LOCAL allow_system_table_mods = off',
  ]
}

interface Owned {
  readonly kind: string
  readonly identity: string
  /** Null is the bootstrap superuser, whatever its name is in this cluster. */
  readonly owner: string | null
}

/**
 * Extensions and their objects. Of what belongs to the bootstrap superuser, or to nobody as a cast does, pg_shdepend
 * has no owner (PostgreSQL manual, "pg_shdepend"). A sequence of a column goes with its table.
 */
const ownedQuery = `
SELECT i.type AS kind, i.identity, pg_get_userbyid(s.refobjid) AS owner
FROM (
  SELECT 'pg_extension'::regclass::oid AS classid, oid AS objid FROM pg_extension
  UNION ALL
  SELECT classid, objid FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
) AS o
LEFT JOIN pg_shdepend AS s ON s.classid = o.classid AND s.objid = o.objid AND s.objsubid = 0 AND s.deptype = 'o'
  AND s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
CROSS JOIN LATERAL pg_identify_object(o.classid, o.objid, 0) AS i
WHERE NOT EXISTS (
  SELECT FROM pg_depend AS d JOIN pg_class AS c ON c.oid = d.objid AND c.relkind = 'S'
  WHERE d.classid = 'pg_class'::regclass AND d.classid = o.classid AND d.objid = o.objid
    AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
)
ORDER BY i.type COLLATE "C", i.identity COLLATE "C"`

async function readOwned(session: Session): Promise<Owned[]> {
  const rows = await session.rows(ownedQuery)
  return rows.map(({ kind, identity, owner }) => ({
    kind: String(kind),
    identity: String(identity),
    owner: owner === null ? null : String(owner),
  }))
}

function keyOf({ kind, identity }: Owned): string {
  return `${kind} ${identity}`
}

/** The superuser of a run's cluster is the one that initdb created, and runs these statements. */
const bootstrap = 'CURRENT_USER'

/** What ALTER calls an object that pg_identify_object calls otherwise. */
const keywords: Readonly<Record<string, string>> = {
  'composite type': 'TYPE',
  'foreign-data wrapper': 'FOREIGN DATA WRAPPER',
  'statistics object': 'STATISTICS',
}

function writeOwner({ kind, identity }: Owned, owner: string | null): string[] {
  if (kind !== 'extension') {
    return [
      `ALTER ${keywords[kind] ?? kind.toUpperCase()} ${identity} OWNER TO ${owner === null ? bootstrap : quoteIdentifier(owner)}`,
    ]
  }
  const extension = `(SELECT oid FROM pg_extension WHERE quote_ident(extname) = ${quoteLiteral(identity)})`
  const role = owner === null ? '10' : `(SELECT oid FROM pg_roles WHERE rolname = ${quoteLiteral(owner)})`
  const database = '(SELECT oid FROM pg_database WHERE datname = current_database())'
  return [
    `UPDATE pg_extension SET extowner = ${role} WHERE oid = ${extension}`,
    `DELETE FROM pg_shdepend WHERE dbid = ${database} AND classid = 'pg_extension'::regclass
       AND objid = ${extension} AND deptype = 'o'`,
    `INSERT INTO pg_shdepend (dbid, classid, objid, objsubid, refclassid, refobjid, deptype)
     SELECT ${database}, 'pg_extension'::regclass, ${extension}, 0, 'pg_authid'::regclass, ${role}, 'o'
     WHERE ${role} <> 10`,
  ]
}
