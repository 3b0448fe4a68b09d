interface DatabaseObject {
  readonly class: string
  readonly identity: string
}
import { quoteIdentifier, quoteLiteral, type Session } from '../postgres/session.ts'

/** A relation that holds rows of its own: `identity` is schema-qualified and quoted where needed. */
export interface RowRelation {
  readonly identity: string
  readonly sql: string
}

const userSchema = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`

const objectsQuery = `
WITH object (classid, objid) AS (
  SELECT 'pg_namespace'::regclass, n.oid FROM pg_namespace n WHERE ${userSchema}
  UNION ALL SELECT 'pg_class'::regclass, c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${userSchema}
  UNION ALL SELECT 'pg_proc'::regclass, p.oid FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${userSchema}
  UNION ALL SELECT 'pg_type'::regclass, t.oid FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE ${userSchema} AND t.typtype IN ('d', 'e', 'r')
  UNION ALL SELECT 'pg_constraint'::regclass, k.oid FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE ${userSchema}
  UNION ALL SELECT 'pg_trigger'::regclass, t.oid FROM pg_trigger t WHERE NOT t.tgisinternal
  UNION ALL SELECT 'pg_rewrite'::regclass, r.oid FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
    JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${userSchema} AND r.rulename <> '_RETURN'
  UNION ALL SELECT 'pg_policy'::regclass, p.oid FROM pg_policy p
  UNION ALL SELECT 'pg_extension'::regclass, e.oid FROM pg_extension e
  UNION ALL SELECT 'pg_event_trigger'::regclass, e.oid FROM pg_event_trigger e
  UNION ALL SELECT 'pg_publication'::regclass, p.oid FROM pg_publication p
  UNION ALL SELECT 'pg_statistic_ext'::regclass, s.oid FROM pg_statistic_ext s
)
SELECT identified.type AS class, identified.identity
FROM object, LATERAL pg_identify_object(object.classid, object.objid, 0) AS identified
ORDER BY identified.type COLLATE "C", identified.identity COLLATE "C"`

/** Every object of the database that is not the system's own, by class and identity. */
export async function readObjects(session: Session): Promise<DatabaseObject[]> {
  const rows = await session.rows(objectsQuery)
  return rows.map((row) => ({ class: String(row['class']), identity: String(row['identity']) }))
}

/** Every table, partition and populated materialized view, by identity. */
export async function readRowRelations(session: Session): Promise<RowRelation[]> {
  const rows = await session.rows(`
    SELECT n.nspname AS schema, c.relname AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${userSchema} AND (c.relkind = 'r' OR c.relkind = 'm' AND c.relispopulated)
    ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`)
  return rows.map((row) => ({
    identity: row['schema'] === 'public' ? String(row['name']) : `${row['schema']}.${row['name']}`,
    sql: `${quoteIdentifier(String(row['schema']))}.${quoteIdentifier(String(row['name']))}`,
  }))
}

/** Rows of each relation, of itself only (no partition or child is counted in its parent). */
export async function countRows(
  session: Session,
  relations: readonly RowRelation[],
): Promise<Record<string, number>> {
  if (relations.length === 0) return {}
  const counts = relations.map(
    ({ identity, sql }) => `SELECT ${quoteLiteral(identity)} AS name, count(*) FROM ONLY ${sql}`,
  )
  const rows = await session.rows(counts.join('\nUNION ALL '))
  return Object.fromEntries(rows.map((row) => [String(row['name']), Number(row['count'])]))
}

/** Position of each sequence, as `last_value` and whether it was given out. */
export async function readSequences(session: Session): Promise<Record<string, string>> {
  const sequences = await session.rows(`
    SELECT n.nspname AS schema, c.relname AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${userSchema} AND c.relkind = 'S' ORDER BY 1, 2`)
  if (sequences.length === 0) return {}
  const positions = sequences.map(({ schema, name }) => {
    const sql = `${quoteIdentifier(String(schema))}.${quoteIdentifier(String(name))}`
    const identity = schema === 'public' ? String(name) : `${schema}.${name}`
    return `SELECT ${quoteLiteral(identity)} AS name, last_value || CASE WHEN is_called THEN '' ELSE ' (not called)' END AS position FROM ${sql}`
  })
  const rows = await session.rows(positions.join('\nUNION ALL '))
  return Object.fromEntries(rows.map((row) => [String(row['name']), String(row['position'])]))
}
