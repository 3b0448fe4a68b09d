import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'
import { makeEntry, openShelves, type Shelves } from './shelves.ts'

let server: TestServer
let shelves: Shelves

/** Tables whose definition tests change, each by one of them. */
const ownTables = `
  CREATE TABLE one_default (id integer PRIMARY KEY, v integer); INSERT INTO one_default VALUES (1, 1), (2, 2);
  CREATE TABLE one_random (LIKE one_default INCLUDING ALL); INSERT INTO one_random TABLE one_default;
  CREATE TABLE one_retyped (LIKE one_default INCLUDING ALL); INSERT INTO one_retyped TABLE one_default;
  CREATE TABLE one_converted (LIKE one_default INCLUDING ALL); INSERT INTO one_converted TABLE one_default;
  CREATE TABLE one_again (LIKE one_default INCLUDING ALL); INSERT INTO one_again TABLE one_default;
  CREATE TABLE one_remade (LIKE one_default INCLUDING ALL); INSERT INTO one_remade TABLE one_default;
  CREATE TABLE one_dropped (LIKE one_default INCLUDING ALL); INSERT INTO one_dropped TABLE one_default;
  CREATE TABLE one_logged (LIKE one_default INCLUDING ALL); INSERT INTO one_logged TABLE one_default;
  CREATE TABLE one_exchanged (id integer PRIMARY KEY, a integer, b integer);
  INSERT INTO one_exchanged VALUES (1, 1, 2), (2, 3, 3);
  CREATE TABLE left_one (LIKE one_default INCLUDING ALL); INSERT INTO left_one VALUES (1, 1), (2, 2);
  CREATE TABLE right_one (LIKE one_default INCLUDING ALL); INSERT INTO right_one VALUES (1, 1), (2, 3);
  CREATE TABLE one_key (id integer CONSTRAINT one_key_pkey PRIMARY KEY, code integer NOT NULL, v integer);
  INSERT INTO one_key VALUES (1, 3, 0), (2, 1, 0), (3, 2, 0);
  CREATE TABLE one_renamed (LIKE one_key INCLUDING ALL); INSERT INTO one_renamed TABLE one_key;
  CREATE TABLE one_moved (LIKE one_key INCLUDING ALL); INSERT INTO one_moved TABLE one_key;
  CREATE TABLE one_included (id integer, v integer, PRIMARY KEY (id) INCLUDE (v)); INSERT INTO one_included VALUES (1, 1);
  CREATE TABLE one_labelled (id integer PRIMARY KEY, mood mood, moods mood[]);
  INSERT INTO one_labelled VALUES (1, 'calm', NULL), (2, 'glad', '{calm}'), (3, 'glad', '{sad}');
`

beforeAll(async () => {
  server = await startTestServer()
  shelves = await openShelves(await makeEntry(server, ownTables))
})
afterAll(async () => {
  await shelves[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

type Counts = Partial<Record<'inserted' | 'updated' | 'deleted' | 'rewritten', number>>
type Case = readonly [what: string, statements: string, effect: Readonly<Record<string, Counts>>]

/** No case needs another to have run: each has rows or tables of its own. Statements are divided by `;;`. */
const cases: readonly Case[] = [
  ['INSERT', 'INSERT INTO books VALUES (7001, 1, NULL), (7002, 1, NULL)', { books: { inserted: 2 } }],
  [
    'INSERT of duplicates',
    'INSERT INTO loans SELECT * FROM loans WHERE book = 0 LIMIT 3',
    { loans: { inserted: 3 } },
  ],
  ['UPDATE of values', 'UPDATE books SET copies = copies + 1 WHERE id <= 7', { books: { updated: 7 } }],
  ['UPDATE of all rows', 'UPDATE scratch SET v = v + 1', { scratch: { updated: 20 } }],
  ['UPDATE of a key', 'UPDATE books SET id = 7010 WHERE id = 10', { books: { inserted: 1, deleted: 1 } }],
  [
    'UPDATE that shifts all keys',
    'UPDATE shelves SET shelf = -shelf WHERE room = $$a$$',
    { shelves: { inserted: 10, deleted: 10 } },
  ],
  [
    'UPDATE that exchanges two rows’ values',
    `UPDATE books b SET title = o.title, copies = o.copies FROM books o
    WHERE (b.id, o.id) IN ((20, 21), (21, 20)) AND b.copies <> o.copies`,
    { books: { updated: 2 } },
  ],
  [
    'UPDATE of a row without a key',
    `UPDATE loans SET note = 'new' WHERE ctid = '(0,2)'`,
    { loans: { inserted: 1, deleted: 1 } },
  ],
  [
    'UPDATE to the same values',
    'UPDATE books SET copies = copies WHERE id BETWEEN 30 AND 34',
    { books: { rewritten: 5 } },
  ],
  [
    'UPDATE to the same values without a key',
    'UPDATE loans SET note = note WHERE book = 3',
    { loans: { rewritten: 10 } },
  ],
  [
    'UPDATE twice, back to the first value',
    'UPDATE books SET copies = -1 WHERE id = 41;; UPDATE books SET copies = 41 % 7 WHERE id = 41',
    { books: { rewritten: 1 } },
  ],
  [
    'UPDATE of 1.0 to 1.00',
    'UPDATE shelves SET width = width + 0.00 WHERE room = $$c,$$',
    { shelves: { updated: 10 } },
  ],
  [
    'UPDATE that moves a row to another partition',
    `UPDATE visits SET at = '2026-06-01' WHERE id = 1`,
    {
      visits_2025: { deleted: 1 },
      visits_2026: { inserted: 1 },
    },
  ],
  [
    'UPDATE of a composite value',
    `UPDATE feelings SET often.left_one = 1.00 WHERE mood = 'glad'`,
    { feelings: { updated: 1 } },
  ],
  ['DELETE', 'DELETE FROM books WHERE id BETWEEN 50 AND 59', { books: { deleted: 10 } }],
  [
    'DELETE of one of several alike',
    `DELETE FROM loans WHERE ctid = (SELECT min(ctid) FROM loans WHERE book = 4)`,
    { loans: { deleted: 1 } },
  ],
  [
    'DELETE and INSERT of the same row',
    `WITH gone AS (DELETE FROM books WHERE id = 60 RETURNING *) INSERT INTO scratch SELECT 100, id FROM gone;;
    DELETE FROM scratch WHERE id = 100;; INSERT INTO books VALUES (60, 60 % 7, 'book 60')`,
    { books: { rewritten: 1 } },
  ],
  ['TRUNCATE', 'TRUNCATE one_converted', { one_converted: { deleted: 2 } }],
  [
    'TRUNCATE and the same rows again',
    'BEGIN; CREATE TEMPORARY TABLE kept ON COMMIT DROP AS TABLE drafts; TRUNCATE drafts; INSERT INTO drafts TABLE kept; COMMIT',
    { drafts: { rewritten: 10 } },
  ],
  ['COPY', `COPY books FROM PROGRAM 'echo 7070,1,x' (FORMAT csv)`, { books: { inserted: 1 } }],
  [
    'COPY FREEZE after TRUNCATE',
    `BEGIN; TRUNCATE one_logged; COPY one_logged FROM PROGRAM 'echo 1,1' (FORMAT csv, FREEZE);
    COPY one_logged FROM PROGRAM 'echo 3,1' (FORMAT csv, FREEZE); COMMIT`,
    { one_logged: { inserted: 1, deleted: 1, rewritten: 1 } },
  ],
  [
    'INSERT … ON CONFLICT',
    `INSERT INTO books VALUES (80, -1, NULL), (81, 81 % 7, 'book 81'), (7080, -1, NULL)
    ON CONFLICT (id) DO UPDATE SET copies = excluded.copies;; INSERT INTO books VALUES (82, -1) ON CONFLICT DO NOTHING`,
    { books: { inserted: 1, updated: 1, rewritten: 1 } },
  ],
  ['VACUUM FULL', 'VACUUM FULL books', {}],
  ['VACUUM FREEZE', 'VACUUM FREEZE books', {}],
  ['CLUSTER', 'CLUSTER shelves USING shelves_pkey', {}],
  ['row locks', 'SELECT FROM books FOR UPDATE', {}],
  ['ANALYZE and REINDEX', 'ANALYZE;; REINDEX TABLE books', {}],
  ['ADD COLUMN', 'ALTER TABLE one_default ADD x integer DEFAULT 5', { one_default: { updated: 2 } }],
  [
    'ADD COLUMN with a volatile default',
    'ALTER TABLE one_random ADD x float8 DEFAULT random()',
    { one_random: { updated: 2 } },
  ],
  ['ALTER TYPE', 'ALTER TABLE one_retyped ALTER v TYPE bigint', { one_retyped: { updated: 2 } }],
  [
    'a column that is dropped and added again with other values',
    'ALTER TABLE one_again DROP v;; ALTER TABLE one_again ADD v integer DEFAULT 2',
    { one_again: { updated: 1 } },
  ],
  [
    'two columns that exchange names',
    `ALTER TABLE one_exchanged RENAME a TO c;; ALTER TABLE one_exchanged RENAME b TO a;;
    ALTER TABLE one_exchanged RENAME c TO b`,
    { one_exchanged: { updated: 1 } },
  ],
  [
    'two tables that exchange names',
    'ALTER TABLE left_one RENAME TO mid_one;; ALTER TABLE right_one RENAME TO left_one;; ALTER TABLE mid_one RENAME TO right_one',
    { left_one: { updated: 1 }, right_one: { updated: 1 } },
  ],
  [
    'a key of other columns, and one row’s value',
    `ALTER TABLE one_key DROP CONSTRAINT one_key_pkey, ADD PRIMARY KEY (code);; UPDATE one_key SET v = 1 WHERE id = 1`,
    { one_key: { inserted: 1, deleted: 1 } },
  ],
  [
    'a key whose column is renamed, and one row’s value',
    'ALTER TABLE one_renamed RENAME id TO ident;; UPDATE one_renamed SET v = 1 WHERE ident = 1',
    { one_renamed: { updated: 1 } },
  ],
  [
    'a column whose new name is another in order, and one row’s value',
    'ALTER TABLE one_moved RENAME v TO amount;; UPDATE one_moved SET amount = 1 WHERE id = 2',
    { one_moved: { updated: 1 } },
  ],
  [
    'UPDATE of a value beside the key in its index',
    'UPDATE one_included SET v = 2',
    { one_included: { updated: 1 } },
  ],
  [
    'DROP TABLE and CREATE TABLE with the same rows',
    `BEGIN; CREATE TEMPORARY TABLE kept ON COMMIT DROP AS TABLE one_remade; DROP TABLE one_remade;
    CREATE TABLE one_remade (id integer PRIMARY KEY, v integer); INSERT INTO one_remade TABLE kept; COMMIT`,
    { one_remade: { rewritten: 2 } },
  ],
  ['DROP TABLE', 'DROP TABLE one_dropped', { one_dropped: { deleted: 2 } }],
  [
    'CREATE TABLE',
    'CREATE TABLE one_new (id integer PRIMARY KEY);; INSERT INTO one_new VALUES (1), (2)',
    { one_new: { inserted: 2 } },
  ],
  [
    'a label of an enum',
    `ALTER TYPE mood RENAME VALUE 'calm' TO 'quiet'`,
    {
      feelings: { inserted: 1, deleted: 1 },
      one_labelled: { updated: 2 },
    },
  ],
]

describe('the effect is exact', () => {
  it.each(cases)('of %s', async (_what, statements, expected) => {
    for (const statement of statements.split(';;')) await shelves.writer.rows(statement)
    const { effect, digests } = await shelves.read()
    const counts = Object.entries(effect.tables).map(([name, { keys: _keys, ...table }]) => [name, table])
    const none = { inserted: 0, updated: 0, deleted: 0, rewritten: 0 }
    expect(Object.fromEntries(counts)).toEqual(
      Object.fromEntries(Object.entries(expected).map(([name, table]) => [name, { ...none, ...table }])),
    )
    expect(digests).toEqual(await shelves.readInFull())
  })
})
