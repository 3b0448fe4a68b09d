import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSession, type Session } from '../../harness/postgres/session.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { showChanges } from './show-changes.ts'

let server: TestServer
let session: Session

beforeAll(async () => {
  server = await startTestServer()
  session = await openSession(await server.makeDatabase())
})
afterAll(async () => {
  await session[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

type Case = readonly [change: string, shown: readonly string[], setup?: string]

const loanTotal = 'public.loan_total(integer)'
const view = 'public.long_loans'

const views: readonly Case[] = [
  ['DROP VIEW public.long_loans', [`- view ${view}`]],
  ['REVOKE SELECT ON public.long_loans FROM reader', [`~ view ${view}: grants`]],
  ['ALTER VIEW public.long_loans RESET (security_invoker)', [`~ view ${view}: options`]],
  ['ALTER VIEW public.long_loans OWNER TO librarian', [`~ view ${view}: grants, owner`]],
  [
    'CREATE OR REPLACE VIEW public.long_loans WITH (security_invoker = true) AS SELECT id, days FROM public.loans WHERE days > 20',
    [`~ view ${view}: definition`],
  ],
  [
    'DROP MATERIALIZED VIEW public.loan_days; CREATE MATERIALIZED VIEW public.loan_days AS SELECT sum(days) AS days FROM public.loans WITH NO DATA',
    ['~ materialized view public.loan_days: populated'],
  ],
]

const routines: readonly Case[] = [
  [`ALTER FUNCTION ${loanTotal} SECURITY INVOKER`, [`~ function ${loanTotal}: security definer`]],
  [`ALTER FUNCTION ${loanTotal} RESET search_path`, [`~ function ${loanTotal}: settings`]],
  [`ALTER FUNCTION ${loanTotal} STABLE PARALLEL SAFE`, [`~ function ${loanTotal}: parallel, volatility`]],
  [`REVOKE EXECUTE ON FUNCTION ${loanTotal} FROM PUBLIC`, [`~ function ${loanTotal}: grants`]],
  [
    `CREATE OR REPLACE FUNCTION public.stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'`,
    ['~ function public.stamp(): source'],
  ],
  [
    `CREATE FUNCTION ${loanTotal.replace('integer', 'text')} RETURNS integer RETURN 1`,
    ['+ function public.loan_total(text)'],
  ],
  ['ALTER PROCEDURE public.tidy() SECURITY DEFINER', ['~ procedure public.tidy(): security definer']],
  [
    `DROP AGGREGATE public.total(integer); CREATE AGGREGATE public.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '1')`,
    ['~ aggregate public.total(integer): initial state'],
  ],
  ['ALTER EVENT TRIGGER watch DISABLE', ['~ event trigger watch: enabled']],
  [
    `CREATE OR REPLACE FUNCTION public.similarity(text, text) RETURNS real LANGUAGE sql AS 'SELECT 1::real'`,
    [
      '~ function public.similarity(text,text): cost, language, library, parallel, source, strict, volatility',
    ],
  ],
  [
    'ALTER EXTENSION pg_trgm DROP FUNCTION public.show_limit()',
    ['~ function public.show_limit(): extension'],
  ],
  ['DROP EXTENSION pg_trgm', ['- extension pg_trgm']],
]

const typesAndNames: readonly Case[] = [
  [`ALTER TYPE public.mood ADD VALUE 'calm' BEFORE 'sad'`, ['~ type public.mood: labels']],
  [`DROP TYPE public.mood; CREATE TYPE public.mood AS ENUM ('sad', 'glad')`, ['~ type public.mood: labels']],
  ['ALTER DOMAIN public.isbn SET NOT NULL', ['~ domain public.isbn: not null']],
  [`ALTER DOMAIN public.isbn SET DEFAULT '0'`, ['~ domain public.isbn: default, default expression']],
  ['ALTER DOMAIN public.isbn DROP CONSTRAINT isbn_check', ['- constraint public.isbn.isbn_check']],
  ['ALTER TYPE public.pair ADD ATTRIBUTE third date', ['+ column public.pair.third']],
  ['REVOKE USAGE ON TYPE public.span FROM PUBLIC', ['~ type public.span: grants']],
  ['GRANT USAGE ON TYPE public.loans TO reader', ['~ type public.loans: grants']],
  ['DROP CAST (public.pair AS integer)', ['- cast (public.pair AS integer)']],
  [
    'ALTER OPERATOR public.=== (integer, integer) SET (RESTRICT = eqsel)',
    ['~ operator public.===(integer,integer): restriction estimator'],
  ],
  [
    'ALTER TEXT SEARCH CONFIGURATION public.plain ALTER MAPPING FOR word WITH public.words',
    ['~ text search configuration public.plain: mapping'],
  ],
  [
    'ALTER TEXT SEARCH DICTIONARY public.words (Accept = false)',
    ['~ text search dictionary public.words: options'],
  ],
  [
    'ALTER COLLATION public.plain_order OWNER TO librarian',
    ['~ collation public.plain_order: owner'],
    'GRANT CREATE ON SCHEMA public TO librarian',
  ],
  ['GRANT CREATE ON SCHEMA public TO reader', ['~ schema public: grants']],
  ['REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC', ['~ language plpgsql: grants']],
  [
    'ALTER DEFAULT PRIVILEGES FOR ROLE librarian GRANT SELECT ON TABLES TO reader',
    ['+ default privileges for role librarian on tables'],
  ],
  ['SELECT lo_create(4711)', ['+ large object 4711']],
  [
    'SET LOCAL role = librarian; GRANT SELECT ON LARGE OBJECT 4711 TO reader; RESET role',
    ['~ large object 4711: grants'],
    'SELECT lo_create(4711); ALTER LARGE OBJECT 4711 OWNER TO librarian',
  ],
]

const foreign: readonly Case[] = [
  ['ALTER PUBLICATION news DROP TABLE public.books', ['- published table news: public.books']],
  [
    'ALTER PUBLICATION news SET TABLE public.books, public.loans (id, days)',
    ['~ published table news: public.loans: where'],
  ],
  [`ALTER PUBLICATION news SET (publish = 'insert')`, ['~ publication news: delete, truncate, update']],
  [
    'ALTER PUBLICATION news ADD TABLES IN SCHEMA public',
    ['+ published schema news: public'],
    'ALTER PUBLICATION news DROP TABLE public.loans',
  ],
  [`ALTER SERVER branch OPTIONS (SET host 'two')`, ['~ server branch: options']],
  [
    `ALTER USER MAPPING FOR reader SERVER branch OPTIONS (SET password 'new')`,
    ['~ user mapping reader on branch: digest of the options'],
  ],
  [
    `ALTER FOREIGN TABLE public.far_books OPTIONS (SET name 'tomes')`,
    ['~ foreign table public.far_books: foreign options'],
  ],
]

const shared: readonly Case[] = [
  ['CREATE ROLE visitor', ['+ role visitor']],
  ['ALTER ROLE reader LOGIN CONNECTION LIMIT 3', ['~ role reader: connection limit, login']],
  [`ALTER ROLE reader PASSWORD 'secret'`, ['~ role reader: has a password']],
  [`COMMENT ON ROLE reader IS 'reads'`, ['~ role reader: comment']],
  ['GRANT librarian TO reader', ['+ membership reader in librarian granted by postgres']],
  ['ALTER ROLE reader SET work_mem = 1024', ['+ settings role reader']],
  ['ALTER DATABASE postgres SET work_mem = 1024', ['+ settings all roles in database postgres']],
  ['ALTER DATABASE postgres CONNECTION LIMIT 7', ['~ database postgres: connection limit']],
  ['GRANT CREATE ON DATABASE postgres TO reader', ['~ database postgres: grants']],
  ['GRANT SET ON PARAMETER log_statement TO reader', ['+ parameter log_statement']],
  [`SELECT pg_replication_origin_create('afar')`, ['+ replication origin afar']],
  [
    `CREATE SUBSCRIPTION far_news CONNECTION 'password=x' PUBLICATION news WITH (connect = false)`,
    ['+ subscription test_1.far_news'],
  ],
  [
    `COMMENT ON SUBSCRIPTION far_news IS 'news'`,
    ['~ subscription test_1.far_news: comment'],
    `CREATE SUBSCRIPTION far_news CONNECTION 'password=x' PUBLICATION news WITH (connect = false)`,
  ],
  [
    `ALTER SUBSCRIPTION far_news CONNECTION 'password=y'`,
    ['~ subscription test_1.far_news: digest of the connection'],
    `CREATE SUBSCRIPTION far_news CONNECTION 'password=x' PUBLICATION news WITH (connect = false)`,
  ],
]

describe.each([
  ['a view', views],
  ['a routine', routines],
  ['a type or another name', typesAndNames],
  ['what reaches beyond', foreign],
  ['what the cluster shares', shared],
])('the catalog of a changed database shows, of %s,', (_what, cases) => {
  const named = cases.map(([change, shown, setup = '']) => ({ change, shown, setup }))
  it.each(named)('$change', async ({ change, shown, setup }) => {
    expect(await showChanges(session, setup, change)).toEqual(shown)
  })
})
