import fc from 'fast-check'

/** Statements that run together, in a transaction that they may share with others. */
type Write = string

/** What one session does: writes each by itself, or in one transaction, with subtransactions that end well or not. */
export interface Act {
  readonly writes: readonly {
    readonly write: Write
    readonly savepoint: 'none' | 'released' | 'rolled back'
  }[]
  readonly ends: 'COMMIT' | 'ROLLBACK'
}

/** Between two readings: what the other session begins, what the writer does, and whether the other one then ends. */
export interface Step {
  readonly opens: Act | null
  readonly acts: readonly Act[]
  /** A statement that no transaction may hold. */
  readonly alone: string | null
  readonly closes: boolean
}

const small = fc.integer({ min: 0, max: 9 })
const book = fc.integer({ min: 1, max: 6000 })

/** A write, with numbers put in. */
const draw = (write: (number: number, other: number) => Write, numbers: fc.Arbitrary<number> = small) =>
  fc.tuple(numbers, small).map(([number, other]) => write(number, other))

/** The rows of a table go, and come again as they were. */
const sameAgain = (table: string, remove: string) => `
  CREATE TEMPORARY TABLE kept AS TABLE ${table}; ${remove}; INSERT INTO ${table} TABLE kept; DROP TABLE kept`

const writes: fc.Arbitrary<Write> = fc.oneof(
  draw(
    (id, n) => `INSERT INTO books (id, copies) VALUES (${id} * 2, ${n}), (${id} + 1, 1)
    ON CONFLICT (id) DO UPDATE SET copies = excluded.copies`,
    book,
  ),
  draw((id, n) => `UPDATE books SET copies = ${n} WHERE id BETWEEN ${id} AND ${id + n * 20}`, book),
  draw((id, n) => `UPDATE books SET title = title WHERE id BETWEEN ${id} AND ${id} + ${n}`, book),
  draw((id) => `UPDATE books SET id = ${id} + (SELECT max(id) FROM books) WHERE id = ${id}`, book),
  draw((id, n) => `DELETE FROM books WHERE id % ${id} = ${n}`, book),
  draw(
    (id, n) => `
    CREATE TEMPORARY TABLE kept AS SELECT * FROM books WHERE id BETWEEN ${id} AND ${id} + ${n};
    DELETE FROM books WHERE id IN (SELECT id FROM kept); INSERT INTO books TABLE kept; DROP TABLE kept`,
    book,
  ),
  draw((id, n) => `COPY books (id, copies) FROM PROGRAM 'echo ${1e6 + id},${n}' (FORMAT csv)`, book).map(
    (copy) => `DELETE FROM books WHERE id > 1000000; ${copy}`,
  ),
  fc.constantFrom('bigint', 'integer').map((type) => `ALTER TABLE loans ALTER book TYPE ${type}`),
  draw((n, other) => `INSERT INTO loans SELECT ${n} % 5, 'note ${n % 5}' FROM generate_series(1, ${other})`),
  draw((n, other) => `UPDATE loans SET book = ${other} % 5 WHERE book = ${n}`),
  draw((n) => `UPDATE loans SET note = note WHERE book = ${n}`),
  draw(
    (n) =>
      `DELETE FROM loans WHERE ctid IN (SELECT ctid FROM loans WHERE book < 5 ORDER BY book, ctid LIMIT ${n})`,
  ),
  fc.constant('TRUNCATE loans'),
  fc.constantFrom(sameAgain('loans', 'TRUNCATE loans'), sameAgain('shelves', 'DELETE FROM shelves')),
  draw((n) => `UPDATE shelves SET shelf = shelf + (SELECT max(shelf) FROM shelves) WHERE shelf <= ${n}`),
  draw(
    (n, other) => `UPDATE shelves SET width = width + 0.${'0'.repeat(other % 3)} WHERE shelf % 3 = ${n % 3}`,
  ),
  draw(
    (n) =>
      `ALTER TABLE shelves DROP COLUMN IF EXISTS extra; ALTER TABLE shelves ADD extra integer DEFAULT ${n}`,
  ),
  fc.constant('ALTER TABLE shelves ADD COLUMN IF NOT EXISTS much float8 DEFAULT random()'),
  draw(
    (n) => `UPDATE visits SET at = CASE WHEN at < '2026-01-01' THEN date '2026-12-01' ELSE '2025-12-01' END
    WHERE id % 5 = ${n}`,
  ),
  draw((n) => `INSERT INTO visits SELECT max(id) + 1, date '2026-01-01' - ${n}, 'room' FROM visits`),
  draw((n) => `UPDATE feelings SET often.left_one = ${n}.0, moods = array_append(moods, mood)`),
  fc.constant(`UPDATE feelings SET moods = moods WHERE mood = enum_first(NULL::mood)`),
  fc.constant(`DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_enum WHERE enumlabel = 'calm') THEN ALTER TYPE mood RENAME VALUE 'calm' TO 'quiet';
    ELSE ALTER TYPE mood RENAME VALUE 'quiet' TO 'calm'; END IF; END $$`),
  fc.constant('REFRESH MATERIALIZED VIEW totals'),
  fc.constant('CLUSTER books USING books_pkey'),
  draw((n, other) => `SELECT lo_put(7, ${n}, '\\x0${other}')`),
  fc.constant(`SELECT lo_put(8, 0, '\\x00')`),
  draw((n) => `SELECT nextval('numbers'), nextval('steps') FROM generate_series(1, ${n})`),
  draw((n, other) => `SELECT setval('numbers', ${n} + 1, ${other} < 5)`),
)

/** Only these tables are the other session's, and it has them alone: nobody waits for a lock. */
const otherWrites: fc.Arbitrary<Write> = fc.oneof(
  draw((n, other) => `UPDATE scratch SET v = ${n} WHERE id % 5 = ${other}`),
  draw((n) => `DELETE FROM scratch WHERE id % 11 = ${n}`),
  draw((n) => `INSERT INTO scratch VALUES (${n}, 0) ON CONFLICT DO NOTHING`),
  draw((n) => `UPDATE drafts SET v = v WHERE id > ${n}`),
  fc.constant(sameAgain('drafts', 'DELETE FROM drafts')),
)

const act = (write: fc.Arbitrary<Write>): fc.Arbitrary<Act> =>
  fc.record({
    writes: fc.array(
      fc.record({ write, savepoint: fc.constantFrom('none', 'none', 'released', 'rolled back') }),
      { minLength: 1, maxLength: 3 },
    ),
    ends: fc.constantFrom('COMMIT', 'COMMIT', 'COMMIT', 'ROLLBACK'),
  })

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    opens: fc.option(act(otherWrites)),
    acts: fc.array(act(writes), { minLength: 1, maxLength: 4 }),
    alone: fc.option(fc.constantFrom('VACUUM FULL shelves', 'VACUUM FULL loans', 'VACUUM FREEZE books')),
    closes: fc.boolean(),
  }),
  { minLength: 3, maxLength: 3 },
)

/** The statements of an act up to its end. */
export function statementsOf({ writes: all }: Act): string[] {
  return all.flatMap(({ write, savepoint }) =>
    savepoint === 'none'
      ? [write]
      : ['SAVEPOINT one', write, savepoint === 'released' ? 'RELEASE one' : 'ROLLBACK TO one'],
  )
}
