import { createDatabase } from '../../../harness/host/host.ts'
import type { Site } from '../site.ts'

/** The database as it was, and the table in it that is compared. */
export const millionDatabase = 'bench_rows'
export const millionTable = 'readings'

/** A copy of it with some rows that differ. */
export interface Variant {
  readonly database: string
  readonly title: string
  readonly rows: number
  /** Which rows are updated. */
  readonly where: string
}

/** Rows that stand apart from each other touch as many blocks as they can: the worst case. */
export const variants: readonly Variant[] = [
  { database: 'bench_rows_none', title: 'no row differs', rows: 0, where: 'false' },
  { database: 'bench_rows_10', title: '10 rows differ', rows: 10, where: 'id % 100000 = 1' },
  {
    database: 'bench_rows_stretch',
    title: '10,000 adjacent rows differ',
    rows: 10_000,
    where: 'id BETWEEN 500001 AND 510000',
  },
  {
    database: 'bench_rows_spread',
    title: '10,000 scattered rows differ',
    rows: 10_000,
    where: 'id % 100 = 1',
  },
]

/** Makes a table of a million rows, beside it the same rows once more, and copies of both with rows that differ. */
export async function makeMillionRows({ clone, query, remake }: Site): Promise<void> {
  await createDatabase(clone.host, millionDatabase)
  await query(
    millionDatabase,
    `CREATE TABLE ${millionTable} (
       id bigint PRIMARY KEY, place integer NOT NULL, amount numeric(12, 2) NOT NULL, label text NOT NULL,
       is_final boolean NOT NULL, taken_at timestamptz NOT NULL, details jsonb, factor double precision);
     INSERT INTO ${millionTable}
     SELECT n, n % 5000, (n % 99991)::numeric / 100, 'reading ' || md5(n::text), n % 7 = 0,
       '2026-01-01 00:00+00'::timestamptz + n * interval '1 minute',
       CASE WHEN n % 3 = 0 THEN jsonb_build_object('source', n % 11, 'unit', 'kWh') END, sqrt(n)
     FROM generate_series(1, 1000000) AS n;
     CREATE TABLE ${millionTable}_was (LIKE ${millionTable} INCLUDING ALL);
     INSERT INTO ${millionTable}_was TABLE ${millionTable}`,
  )
  // A statement of its own: VACUUM runs in no transaction with others.
  await query(millionDatabase, 'VACUUM ANALYZE')
  for (const { database, where } of variants) {
    await remake(database, millionDatabase)
    await query(database, `UPDATE ${millionTable} SET amount = amount + 1 WHERE ${where}`)
    await query(database, 'VACUUM ANALYZE')
  }
}

/** Drops all of them. */
export async function dropMillionRows({ drop }: Site): Promise<void> {
  for (const name of [millionDatabase, ...variants.map(({ database }) => database)]) await drop(name)
}
