import { quoteIdentifier, type Session } from '../../postgres/session.ts'
import { isUserSchema } from '../../postgres/user-schemas.ts'

/** A column as rows are read: by name, so that neither OIDs nor the order of columns show. */
export interface DataColumn {
  readonly name: string
  /** Its number in the table (pg_attribute.attnum), which a renaming leaves as it was. */
  readonly number: number
  readonly type: string
  /** How its value is put into a row image; see {@link readDataRelations}. */
  readonly form: 'binary' | 'base' | 'text'
  /** The built-in type under a domain, for the form `base`. */
  readonly baseType: string
  /** Numbers given in passing: an identity column, or one whose default draws from a sequence. */
  readonly isSurrogate: boolean
}

/** A foreign key of one column, by which a row points to another. */
export interface Reference {
  readonly column: string
  /** Identity of the table it points to, and the column there. */
  readonly target: string
  readonly targetColumn: string
}

/** A relation that holds rows of its own. */
export interface DataRelation {
  /** Schema-qualified and quoted where needed, but for `public`. */
  readonly identity: string
  readonly sql: string
  /** Its size (pg_relation_size), which other sessions may have changed since. */
  readonly blocks: number
  /** In the order of their names. */
  readonly columns: readonly DataColumn[]
  /** Columns of its primary key; empty where it has none. */
  readonly key: readonly string[]
  /** The same columns by what a renaming leaves as it was. */
  readonly keyNumbers: string
  readonly references: readonly Reference[]
  /**
   * Whether its rows can read otherwise without being written: an enum's label renamed, a table that a regclass
   * names, a virtual column's expression.
   */
  readonly isDerived: boolean
  /**
   * Changes when columns, their types or the key do, also where another table or column has taken over the name:
   * readings under two layouts are not comparable row by row. Physical copies of a database have the same layouts.
   */
  readonly layout: string
}

/** OIDs below are the system's own (PostgreSQL source, access/transam.h: FirstNormalObjectId). */
const firstUserOid = 16384

/**
 * Sent in binary, a value of a built-in type is exact and the same in every cluster. A type of the database's own
 * would carry its OID, a reg… type an OID as its value, and some types have no binary form: these go as text, by
 * their output function and never by a cast, which a release may have defined. The base of a domain is named with the
 * modifier -1: without one, `character` and `bit` would mean a length of 1.
 */
const columnsQuery = `
WITH RECURSIVE base (type, base) AS (
  SELECT oid, CASE WHEN typtype = 'd' THEN typbasetype ELSE oid END FROM pg_type
  UNION
  SELECT base.type, t.typbasetype FROM base JOIN pg_type t ON t.oid = base.base WHERE t.typtype = 'd'
), resolved AS (
  SELECT base.type, t.*, t.oid AS base_oid, e.typname AS element
  FROM base JOIN pg_type t ON t.oid = base.base AND t.typtype <> 'd' LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
)
SELECT c.oid::text AS relation, a.attname AS name, a.attnum AS number, format_type(a.atttypid, a.atttypmod) AS type,
  CASE
    WHEN r.base_oid >= ${firstUserOid} OR r.typtype NOT IN ('b', 'r', 'm') OR r.typsend = 0
      OR r.typname ~ '^reg' OR r.element ~ '^(reg|aclitem)' THEN 'text'
    WHEN r.type <> r.base_oid THEN 'base' ELSE 'binary'
  END AS form,
  format_type(r.base_oid, -1) AS base_type,
  a.attidentity <> '' OR coalesce(pg_get_expr(d.adbin, d.adrelid) ~ '^nextval\\(', false) AS is_surrogate,
  a.attgenerated = 'v' AS is_virtual
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN resolved r ON r.type = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum AND a.attgenerated = ''
WHERE ${isUserSchema} AND c.relkind IN ('r', 'm')
ORDER BY a.attname COLLATE "C"`

const relationsQuery = `
SELECT c.oid::text AS oid, n.nspname AS schema, c.relname AS name,
  coalesce(pg_relation_size(c.oid) / current_setting('block_size')::bigint, 0) AS blocks,
  (SELECT json_agg(json_build_array(a.attname, a.attnum) ORDER BY array_position(i.indkey::int2[], a.attnum))::text
   FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1])
   WHERE i.indrelid = c.oid AND i.indisprimary) AS key
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE ${isUserSchema} AND (c.relkind = 'r' OR c.relkind = 'm' AND c.relispopulated)
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`

const referencesQuery = `
SELECT k.conrelid::text AS relation, a.attname AS column, n.nspname AS schema, t.relname AS target, b.attname AS target_column
FROM pg_constraint k
JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
JOIN pg_class t ON t.oid = k.confrelid JOIN pg_namespace n ON n.oid = t.relnamespace
JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
WHERE k.contype = 'f' AND cardinality(k.conkey) = 1 AND k.conparentid = 0
ORDER BY k.conname COLLATE "C"`

/** Every table, partition, inheritance child, unlogged table and populated materialized view, each by itself. */
export async function readDataRelations(session: Session): Promise<DataRelation[]> {
  const relations = await session.rows(relationsQuery)
  const columns = groupBy(await session.rows(columnsQuery), 'relation')
  const references = groupBy(await session.rows(referencesQuery), 'relation')
  return relations.map((row) => {
    const own = columns.get(String(row['oid'])) ?? []
    const keyColumns =
      row['key'] === null ? [] : (JSON.parse(String(row['key'])) as [name: string, number: number][])
    const key = keyColumns.map(([name]) => name)
    const shown = own.map(
      (column) => `${column['name']} ${column['number']} ${column['type']} ${column['form']}`,
    )
    return {
      identity: identify(row['schema'], row['name']),
      sql: `${quoteIdentifier(String(row['schema']))}.${quoteIdentifier(String(row['name']))}`,
      blocks: Number(row['blocks']),
      columns: own.map((column) => ({
        name: String(column['name']),
        number: Number(column['number']),
        type: String(column['type']),
        form: column['form'] as DataColumn['form'],
        baseType: String(column['base_type']),
        isSurrogate: column['is_surrogate'] === true,
      })),
      key,
      keyNumbers: [row['oid'], ...keyColumns.map(([, number]) => number)].join(' '),
      references: (references.get(String(row['oid'])) ?? []).map((reference) => ({
        column: String(reference['column']),
        target: identify(reference['schema'], reference['target']),
        targetColumn: String(reference['target_column']),
      })),
      isDerived: own.some((column) => column['form'] === 'text' || column['is_virtual'] === true),
      layout: [`table ${row['oid']}`, ...shown, `key ${key.join(', ')}`].join('; '),
    }
  })
}

/** Whether the keys of two states of a relation name rows alike. */
export function isSameKey(one: DataRelation, other: DataRelation): boolean {
  return one.keyNumbers === other.keyNumbers || JSON.stringify(one.key) === JSON.stringify(other.key)
}

/** `public` is left out, as specs and reports write tables. */
export function identify(schema: unknown, name: unknown): string {
  // What every object of JavaScript has a member of, such as `constructor`, would be found where it was never put.
  const isPlain = (text: string) => /^[a-z_][a-z0-9_$]*$/.test(text) && !(text in Object.prototype)
  const quoted = (text: unknown) => (isPlain(String(text)) ? String(text) : quoteIdentifier(String(text)))
  return schema === 'public' ? quoted(name) : `${quoted(schema)}.${quoted(name)}`
}

function groupBy<T extends Readonly<Record<string, unknown>>>(
  rows: readonly T[],
  name: string,
): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(String(row[name])) ?? []
    group.push(row)
    groups.set(String(row[name]), group)
  }
  return groups
}
