import { describe, expect, it } from 'vitest'
import { lintSql } from './lint-sql.ts'

const tier = `-- T1 structure: the shelves of the library, and who may say how full they are.
BEGIN;
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '1min';

CREATE TABLE public.shelf (
  id integer,
  room_id integer NOT NULL,
  CONSTRAINT shelf_pkey PRIMARY KEY (id),
  CONSTRAINT shelf_room_id_fkey FOREIGN KEY (room_id) REFERENCES public.room (id) ON DELETE CASCADE
);
COMMENT ON TABLE public.shelf IS 'A shelf – it stands in a room.';

CREATE VIEW public.v_full AS
WITH used AS (SELECT b.shelf_id, count(*) AS books FROM public.book AS b GROUP BY b.shelf_id)
SELECT used.shelf_id, left('a', 1) AS name FROM used WHERE used.books > 9 AND true;
COMMENT ON VIEW public.v_full IS 'Shelves without room.';

CREATE FUNCTION public.count_full() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM public.v_full $$;
COMMENT ON FUNCTION public.count_full() IS 'How many shelves are full.';

DO $check$
DECLARE
  conflict bigint;
BEGIN
  SELECT count(*) INTO conflict FROM public.v_full;
  IF conflict > 0 AND EXISTS (SELECT FROM pg_class) THEN
    RAISE EXCEPTION 'full: %', conflict;
  END IF;
END
$check$;
COMMIT;
`

describe('a release file that keeps the rules', () => {
  it('has no faults', async () => {
    expect(await lint(tier)).toEqual([])
  })

  it('may be an entry script of psql commands alone', async () => {
    expect(await lint('-- The whole release, tier by tier.\n\\set ON_ERROR_STOP on\n\\ir t1.sql\n')).toEqual(
      [],
    )
  })

  it('may use variables, backslash commands and COPY data', async () => {
    const text = tier.replace(
      'DO $check$',
      `INSERT INTO public.shelf (id, room_id) VALUES (:id, :'room'::integer);
SELECT :"column" FROM public.shelf WHERE :{?id} \\gset
COPY public.shelf (id, room_id) FROM STDIN;
1\tselect
\\.
DO $check$`,
    )
    const faults = await lint(text)
    expect(faults).toEqual(['t1.sql:25: a tab. Write blanks'])
  })
})

describe('the lint finds', () => {
  it.each<[what: string, from: string, to: string, fault: string]>([
    [
      'SQL that does not parse',
      'NOT NULL,',
      'NOT NIL,',
      '8: PostgreSQL cannot parse this: syntax error at or near "NIL"',
    ],
    [
      'a DO block that does not parse',
      'END IF;',
      'END;',
      '22: PostgreSQL cannot parse this plpgsql body: syntax error',
    ],
    [
      'a query in a DO block that does not parse',
      '(SELECT FROM pg_class)',
      '(SELECT FROM)',
      'PostgreSQL cannot parse this plpgsql body: syntax error',
    ],
    [
      'an SQL function that does not parse',
      '$$ SELECT count(*) FROM',
      '$$ SELECT count(*) FORM',
      '19: PostgreSQL cannot parse this sql body: syntax error',
    ],
    [
      'a missing purpose',
      '-- T1 structure: the',
      '\n--',
      '1: no purpose. Write what the file is for in line 1',
    ],
    ['a tab', '  id integer', '\tid integer', '7: a tab. Write blanks'],
    ['blanks at the end of a line', 'BEGIN;', 'BEGIN; ', '2: blanks at the end of the line'],
    ['a missing line break at the end', 'COMMIT;\n', 'COMMIT;', '32: no line break at the end'],
    [
      'a lower-case keyword',
      'GROUP BY b.shelf_id',
      'group BY b.shelf_id',
      '15: keyword "group". Write GROUP',
    ],
    ['a lower-case verb', 'COMMENT ON VIEW', 'comment ON VIEW', '17: keyword "comment". Write COMMENT'],
    [
      'a lower-case keyword in a body',
      'RAISE EXCEPTION',
      'raise EXCEPTION',
      '28: keyword "raise". Write RAISE',
    ],
    [
      'a lower-case keyword in an SQL function',
      '$$ SELECT count',
      '$$ select count',
      '19: keyword "select". Write SELECT',
    ],
    [
      'a statement before the transaction',
      'BEGIN;',
      'SET role = owner;\nBEGIN;',
      '2: a statement before the transaction. Write BEGIN; first',
    ],
    [
      'a statement after the transaction',
      'COMMIT;\n',
      'COMMIT;\nANALYZE public.shelf;\n',
      '33: the transaction does not end with the file',
    ],
    ['a second transaction', 'DO $check$', 'COMMIT;\nBEGIN;\nDO $check$', '22: more than one transaction'],
    ["a savepoint's rollback", 'DO $check$', 'ROLLBACK;\nDO $check$', '22: more than one transaction'],
    [
      'a missing lock_timeout',
      "SET LOCAL lock_timeout = '5s';\n",
      '',
      "3: no lock_timeout. Write SET LOCAL lock_timeout = '…'; right after BEGIN",
    ],
    [
      'a timeout that outlives the transaction',
      'SET LOCAL statement_timeout',
      'SET statement_timeout',
      '3: no statement_timeout',
    ],
    [
      'a table without its schema',
      'FROM public.book',
      'FROM book',
      '15: "book" without its schema. Write public.book',
    ],
    [
      'a referenced table without its schema',
      'REFERENCES public.room',
      'REFERENCES room',
      '10: "room" without its schema',
    ],
    [
      'a table without its schema in a DO block',
      'INTO conflict FROM public.v_full',
      'INTO conflict FROM v_full',
      '26: "v_full" without its schema',
    ],
    [
      'a table without its schema in an SQL function',
      'count(*) FROM public.v_full $$',
      'count(*) FROM v_full $$',
      '19: "v_full" without its schema',
    ],
    [
      'a function without its schema',
      'FUNCTION public.count_full() RETURNS',
      'FUNCTION count_full() RETURNS',
      '19: "count_full" without its schema',
    ],
    [
      'a commented object without its schema',
      'ON VIEW public.v_full',
      'ON VIEW v_full',
      '17: "v_full" without its schema',
    ],
    [
      'a constraint without a name',
      'CONSTRAINT shelf_pkey PRIMARY',
      'PRIMARY',
      '9: a constraint without a name. Write CONSTRAINT <table>_<column>_pkey before it',
    ],
    [
      "a column's constraint without a name",
      'id integer,',
      'id integer UNIQUE,',
      '7: a constraint without a name. Write CONSTRAINT <table>_<column>_key',
    ],
    [
      'a table without a comment',
      "COMMENT ON TABLE public.shelf IS 'A shelf – it stands in a room.';\n",
      '',
      "6: no comment. Write COMMENT ON TABLE public.shelf IS '…' in this file",
    ],
    [
      'a view with an empty comment',
      "'Shelves without room.'",
      "''",
      '14: no comment. Write COMMENT ON VIEW public.v_full',
    ],
    [
      'a function without a comment',
      'COMMENT ON FUNCTION public.count_full',
      'COMMENT ON FUNCTION public.other',
      '19: no comment. Write COMMENT ON FUNCTION public.count_full',
    ],
    [
      'a materialized view without a comment',
      'CREATE VIEW',
      'CREATE MATERIALIZED VIEW',
      '14: no comment. Write COMMENT ON MATERIALIZED VIEW public.v_full',
    ],
    [
      'a DROP in a tier',
      'DO $check$',
      'DROP VIEW public.v_full;\nDO $check$',
      '22: a DROP outside the rollback',
    ],
    [
      'a dropped column in a tier',
      'DO $check$',
      'ALTER TABLE public.shelf DROP COLUMN id;\nDO $check$',
      '22: a DROP outside the rollback',
    ],
    [
      'a DROP put together in a body',
      "RAISE EXCEPTION 'full: %', conflict",
      "EXECUTE format('DROP VIEW %I', 'x')",
      '28: a DROP outside the rollback',
    ],
    [
      'a TRUNCATE that cascades',
      'DO $check$',
      'TRUNCATE public.shelf CASCADE;\nDO $check$',
      '22: CASCADE, which takes more than it names',
    ],
  ])('%s', async (_, from, to, fault) => {
    expect(tier).toContain(from)
    expect(await lint(tier.replace(from, () => to))).toContainEqual(expect.stringContaining(fault))
  })

  it.each([
    ['a statement', 'DROP VIEW public.v_full CASCADE;'],
    ['a statement put together in a body', "DO $$ BEGIN EXECUTE 'DROP VIEW public.v_full CASCADE'; END $$;"],
    ['a column', 'ALTER TABLE public.shelf DROP COLUMN id CASCADE;'],
  ])('CASCADE in the rollback: %s', async (_, statement) => {
    const rollback = (sql: string) => `${tier.slice(0, tier.indexOf('CREATE TABLE'))}${sql}\nCOMMIT;\n`
    expect(await lint(rollback(statement.replace(' CASCADE', '')), 'rollback.sql')).toEqual([])
    expect(await lint(rollback(statement), 'rollback.sql')).toEqual([
      'rollback.sql:6: CASCADE, which takes more than it names. Name what goes, each before what it depends on',
    ])
  })

  it('no fault of the release in other SQL, which has to parse and to keep the common rules', async () => {
    const text = '-- Production: what a library has.\nCREATE TABLE shelf (id integer PRIMARY KEY);\n'
    expect(await lintSql('sql/production/10.sql', text)).toEqual([])
    const faults = await lintSql('sql/production/10.sql', text.replace('TABLE', 'table'))
    expect(faults).toEqual([{ line: 2, message: 'keyword "table". Write TABLE' }])
  })
})

async function lint(text: string, name = 't1.sql'): Promise<string[]> {
  const faults = await lintSql(`sql/release/${name}`, text)
  return faults.map(({ line, message }) => `${name}:${line}: ${message}`)
}
