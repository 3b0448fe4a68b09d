import { quoteLiteral, type Session } from '../postgres/session.ts'
import { isUserSchema } from '../postgres/user-schemas.ts'

const slots = [
  "SELECT pg_create_physical_replication_slot('dress_rehearsal_canary', false, true)",
  "SELECT pg_create_logical_replication_slot('dress_rehearsal_canary', 'test_decoding', true)",
]

const name = '(?:[a-z_][a-z0-9_$]*|"(?:[^"]|"")+")'

/** The forms of all canary writes; no other text is one. */
const forms = [
  /^CREATE SCHEMA dress_rehearsal_canary$/,
  new RegExp(`^CREATE TABLE ${name}\\.dress_rehearsal_canary \\(\\)$`),
  new RegExp(`^DELETE FROM ${name}\\.${name} WHERE false$`),
  new RegExp(`^LOCK TABLE ${name}\\.${name} IN ROW EXCLUSIVE MODE NOWAIT$`),
  /^SELECT nextval\( ?E?'(?:[^']|'')+'\)$/,
  /^SELECT lo_put\(\d+, 0, ''\)$/,
]

/**
 * Whether a text is a canary write: a statement that changes nothing even if it is accepted, or is known to be refused.
 */
export function isCanaryStatement(text: string): boolean {
  return slots.includes(text) || forms.some((form) => form.test(text))
}

/**
 * Writes to try: a schema, a table in each schema, no row of each table and view (or a lock as for writing one), and an
 * empty piece of one large object for each way in which these are granted; all of them without effect even if they are
 * accepted. A number of a sequence and a replication slot stay, rolled back or not: they are tried only where the
 * catalogs say that the role has no right to them.
 */
export async function listCanaryStatements(session: Session): Promise<string[]> {
  const schemas = await session.rows(
    `SELECT quote_ident(n.nspname) AS name FROM pg_catalog.pg_namespace n WHERE ${isUserSchema} ORDER BY n.nspname COLLATE "C"`,
  )
  const relations = await session.rows(`
    SELECT format('%I.%I', n.nspname, c.relname) AS name, c.relkind = 'S' AS is_sequence,
      EXISTS (SELECT FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid AND r.ev_type = '4') AS has_rule
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE ${isUserSchema} AND c.relpersistence <> 't' AND CASE c.relkind
      WHEN 'S' THEN NOT has_sequence_privilege(c.oid, 'USAGE, UPDATE')
      WHEN 'v' THEN pg_relation_is_updatable(c.oid, false) & 16 <> 0
      ELSE c.relkind IN ('r', 'p', 'm') END
    ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`)
  const objects = await session.rows(`
    SELECT min(oid::bigint)::text AS oid FROM pg_catalog.pg_largeobject_metadata
    GROUP BY lomowner, lomacl::text ORDER BY min(oid::bigint)`)
  const [role] = await session.rows(
    'SELECT rolreplication OR rolsuper AS makes_slots FROM pg_catalog.pg_roles WHERE rolname = session_user',
  )
  return [
    'CREATE SCHEMA dress_rehearsal_canary',
    ...schemas.map((row) => `CREATE TABLE ${String(row['name'])}.dress_rehearsal_canary ()`),
    ...relations
      .filter((row) => row['is_sequence'] !== true)
      .map((row) =>
        // A rule may do nothing in the place of a DELETE, to which nobody needs a right.
        row['has_rule'] === true
          ? `LOCK TABLE ${String(row['name'])} IN ROW EXCLUSIVE MODE NOWAIT`
          : `DELETE FROM ${String(row['name'])} WHERE false`,
      ),
    ...relations
      .filter((row) => row['is_sequence'] === true)
      .map((row) => `SELECT nextval(${quoteLiteral(String(row['name']))})`),
    ...objects.map(({ oid }) => `SELECT lo_put(${String(oid)}, 0, '')`),
    ...(role?.['makes_slots'] === true ? [] : slots),
  ]
}
