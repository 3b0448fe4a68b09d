import type { Row, Session } from '../../harness/postgres/session.ts'

/** Every row of every table, and every large object, as text, by key where the table has one, with the transaction that wrote it. */
export interface ReadState {
  readonly tables: ReadonlyMap<string, readonly OracleRow[]>
  /** The next transaction at the time. */
  readonly next: number
  readonly hasOpenTransactions: boolean
}

interface OracleRow {
  readonly key: string | null
  readonly text: string
  readonly xmin: number
}

export interface OracleEffect {
  readonly inserted: number
  readonly updated: number
  readonly deleted: number
  readonly rewritten: number
  /** Keys of all rows that changed. */
  readonly keys: readonly string[]
}

/** Reads all rows by plain SELECTs, in the server's own text form. */
export async function readState(session: Session): Promise<ReadState> {
  await session.rows('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY')
  try {
    const [snapshot] = await session.rows(`
      SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next,
        EXISTS (SELECT FROM pg_snapshot_xip(pg_current_snapshot())) AS open`)
    const tables = new Map<string, OracleRow[]>()
    for (const { name, key, columns } of await session.rows(columnsQuery)) {
      const rows = await session.rows(
        `SELECT ${key === null ? 'NULL' : `ROW(${String(key)})::text`} AS key, ROW(${String(columns)})::text AS text,
          xmin::text AS xmin
        FROM ONLY public."${String(name)}" AS x`,
      )
      tables.set(String(name), rows.map(toOracleRow))
    }
    const objects = await session.rows(`
      SELECT oid::text AS key, lo_get(oid)::text AS text,
        (SELECT max(xmin::text::bigint) FROM pg_largeobject WHERE loid = m.oid)::text AS xmin
      FROM pg_largeobject_metadata m`)
    tables.set('large objects', objects.map(toOracleRow))
    return { tables, next: Number(snapshot?.['next']), hasOpenTransactions: snapshot?.['open'] === true }
  } finally {
    await session.rows('ROLLBACK')
  }
}

/** Each table with its key's columns and all columns in the order of their names, with their types. */
const columnsQuery = `
  SELECT c.relname AS name, (
    SELECT string_agg('x.' || quote_ident(k.column_name), ', ' ORDER BY k.ordinal_position)
    FROM information_schema.table_constraints t
    JOIN information_schema.key_column_usage k USING (constraint_schema, constraint_name)
    WHERE t.constraint_type = 'PRIMARY KEY' AND t.table_schema = 'public' AND t.table_name = c.relname
  ) AS key, (
    SELECT string_agg(format('%L, x.%I', a.atttypid::regtype, a.attname), ', ' ORDER BY a.attname)
    FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  ) AS columns
  FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND (c.relkind = 'r' OR c.relkind = 'm' AND c.relispopulated)`

function toOracleRow(row: Row): OracleRow {
  return { key: row['key'] as string | null, text: String(row['text']), xmin: Number(row['xmin']) }
}

/** What lies between the two, table by table; what is as it was, and was not written, is left out. */
export function oracleBetween(before: ReadState, after: ReadState): Record<string, OracleEffect> {
  const effects: Record<string, OracleEffect> = {}
  for (const name of [...new Set([...before.tables.keys(), ...after.tables.keys()])].sort()) {
    const [was, is] = [before.tables.get(name) ?? [], after.tables.get(name) ?? []]
    const isKeyed = [...was, ...is].every(({ key }) => key !== null)
    const counts = isKeyed ? compareByKey(was, is) : compareAsMultisets(was, is)
    const written = is.filter(({ xmin }) => xmin >= before.next).length
    // Which rows an open transaction had written then cannot be told from its id: its subtransactions have others.
    const isTold = before.tables.has(name) && !before.hasOpenTransactions
    const rewritten = isTold ? Math.max(0, written - counts.inserted - counts.updated) : 0
    if (counts.inserted + counts.updated + counts.deleted + rewritten > 0)
      effects[name] = { ...counts, rewritten }
  }
  return effects
}

function compareByKey(before: readonly OracleRow[], after: readonly OracleRow[]) {
  const was = new Map(before.map(({ key, text }) => [key!, text]))
  const is = new Map(after.map(({ key, text }) => [key!, text]))
  const inserted = [...is.keys()].filter((key) => !was.has(key))
  const deleted = [...was.keys()].filter((key) => !is.has(key))
  const updated = [...was.keys()].filter((key) => is.has(key) && is.get(key) !== was.get(key))
  return {
    inserted: inserted.length,
    updated: updated.length,
    deleted: deleted.length,
    keys: [...inserted, ...deleted, ...updated],
  }
}

function compareAsMultisets(before: readonly OracleRow[], after: readonly OracleRow[]) {
  const lackingIn = (from: readonly OracleRow[], rows: readonly OracleRow[]) => {
    const left = new Map<string, number>()
    for (const { text } of rows) left.set(text, (left.get(text) ?? 0) + 1)
    return from.filter(({ text }) => {
      left.set(text, (left.get(text) ?? 0) - 1)
      return left.get(text)! < 0
    }).length
  }
  return {
    inserted: lackingIn(after, before),
    updated: 0,
    deleted: lackingIn(before, after),
    keys: [] as string[],
  }
}
