import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { query, startTestServer, type TestServer } from '../../../tests/support/server.ts'
import { findPostgresInstallations } from '../../cluster/find-binaries.mjs'
import { printDumpLoss } from '../../evidence/dump-loss-fact.ts'
import type { Catalog } from '../../fingerprint/catalog/catalog-object.ts'
import { compareCatalogs } from '../../fingerprint/catalog/compare-catalogs.ts'
import { openReaders } from '../../fingerprint/readers.ts'
import { createReader, grantLargeObjects, readerName } from '../../production-access/reader.ts'
import { takeReading, type Reading } from '../../measure/reading.ts'
import type { Connection } from '../../postgres/connection.ts'
import { openSession } from '../../postgres/session.ts'
import { compareReadings } from '../../comparison/compare-readings.ts'
import { printDifferences } from '../../comparison/print-difference.ts'
import type { Pair } from './pair.ts'
import { toDumpLossFacts, withoutDumpLosses, type DumpLoss } from './dump-loss.ts'
import { streamClone } from './dump-restore.ts'
import { blankDatabase } from '../blanking/blanking.ts'
import { copyPrivileges } from '../privileges/privileges.ts'

const installation = findPostgresInstallations()[0]!
const password = 'only-for-this-test'
let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
  await using session = await openSession(await server.makeDatabase())
  await createReader(session, password)
  await session.rows(`CREATE ROLE librarian LOGIN SUPERUSER PASSWORD '${password}'; CREATE ROLE guests`)
})
afterAll(() => server[Symbol.asyncDispose]())

interface Case {
  /** Statements that make production, each by itself. */
  readonly production: readonly string[]
  /** What the clone does not have, as it is told; nothing else may differ. */
  readonly told: readonly string[]
  /** Statements that change the clone in a way that is near, and what is told of it as a problem. */
  readonly near: readonly [statement: string, problems: readonly string[]]
  readonly privileges?: boolean
}

const library = `
  CREATE TABLE shelves (id integer PRIMARY KEY, title text);
  CREATE TABLE books (id integer, shelf integer CONSTRAINT on_shelf REFERENCES shelves);
  CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
  CREATE TRIGGER note BEFORE INSERT ON books FOR EACH ROW EXECUTE FUNCTION note();
  CREATE FUNCTION lend(text) RETURNS text LANGUAGE sql AS 'SELECT $1'`

const cases: Readonly<Record<string, Case>> = {
  privileges: {
    production: ['CREATE TABLE books (id integer); GRANT SELECT ON books TO guests'],
    privileges: false,
    told: [
      'privileges: table public.books, grants guests=r/postgres, postgres=arwdDxt/postgres → librarian=arwdDxt/librarian',
      'privileges: table public.books, owner postgres → librarian',
    ],
    near: ["COMMENT ON TABLE books IS 'some'", ['table public.books: comment is not set in production']],
  },
  'bare comment': {
    production: [`${library}; COMMENT ON COLUMN books.ctid IS 'where it lies'`],
    told: ['bare comment: other object table column public.books.ctid, comment where it lies → not set'],
    near: [
      "COMMENT ON COLUMN shelves.ctid IS 'where it lies'",
      ['other object table column public.shelves.ctid is in the clone only'],
    ],
  },
  'invalid index': {
    production: [
      `${library}; INSERT INTO books VALUES (1), (1); CREATE INDEX books_shelf_idx ON books (shelf)`,
      'CREATE UNIQUE INDEX CONCURRENTLY books_idx ON books (id)',
    ],
    told: ['invalid index: index public.books_idx, valid false → not set'],
    near: ['DROP INDEX books_shelf_idx', ['index public.books_shelf_idx is in production only']],
  },
  'partition constraint': {
    production: [
      `CREATE TABLE visits (day date PRIMARY KEY) PARTITION BY RANGE (day);
       CREATE TABLE visits_2031 PARTITION OF visits FOR VALUES FROM ('2031-01-01') TO ('2032-01-01');
       CREATE TABLE items (id integer CHECK (id > 0)); CREATE TABLE maps () INHERITS (items)`,
    ],
    told: [
      'partition constraint: constraint public.visits_2031.visits_2031_pkey, not inherited false → true',
    ],
    near: [
      'ALTER TABLE maps ADD CONSTRAINT items_id_check CHECK (id > 0)',
      ['constraint public.maps.items_id_check: local is "false" in production, "true" in the clone'],
    ],
  },
  'inherited column order': {
    production: [
      `CREATE TABLE items (id integer); CREATE TABLE maps (scale integer, id integer); ALTER TABLE maps INHERIT items;
       CREATE TABLE atlases (scale integer, id integer)`,
    ],
    told: [
      'inherited column order: column public.maps.id, position 2 → 1',
      'inherited column order: column public.maps.scale, position 1 → 2',
    ],
    near: [
      'ALTER TABLE atlases DROP scale, ADD scale integer',
      [
        'column public.atlases.id: position is "2" in production, "1" in the clone',
        'column public.atlases.scale: position is "1" in production, "2" in the clone',
      ],
    ],
  },
  'extension version': {
    production: ["SET SESSION AUTHORIZATION librarian; CREATE EXTENSION pg_trgm VERSION '1.3'"],
    told: [
      'extension version: extension pg_trgm, 19 of its members: function public.gtrgm_options(internal); function public.strict_word_similarity(text,text); function public.strict_word_similarity_commutator_op(text,text) and 16 more',
      'extension version: extension pg_trgm, version 1.3 → 1.6',
    ],
    near: [
      'ALTER EXTENSION pg_trgm DROP FUNCTION show_limit()',
      ['function public.show_limit(): extension is "pg_trgm" in production, not set in the clone'],
    ],
  },
  'initial grants': {
    production: ['CREATE EXTENSION dblink'],
    told: [
      'initial grants: extension dblink, 2 of its members: function public.dblink_connect_u(text); function public.dblink_connect_u(text,text)',
    ],
    near: [
      'GRANT EXECUTE ON FUNCTION dblink_connect_u(text) TO guests',
      [
        'function public.dblink_connect_u(text): grants is "postgres=X/postgres" in production, "guests=X/postgres, postgres=X/postgres" in the clone',
      ],
    ],
  },
  'extension member': {
    production: [
      `SET SESSION AUTHORIZATION librarian; CREATE EXTENSION tablefunc; COMMENT ON FUNCTION crosstab(text) IS 'ours';
       CREATE OR REPLACE FUNCTION normal_rand(integer, double precision, double precision)
         RETURNS SETOF double precision LANGUAGE sql STRICT AS 'SELECT 0.5::double precision';
       CREATE FUNCTION lend(text) RETURNS text LANGUAGE sql AS 'SELECT $1'`,
    ],
    told: [
      'extension member: function public.crosstab(text), comment ours → not set',
      ...[
        'cost 100 → 1',
        'language sql → c',
        'library not set → $libdir/tablefunc',
        'source SELECT 0.5::double precision → normal_rand',
      ].map(
        (change) =>
          `extension member: function public.normal_rand(integer,double precision,double precision), ${change}`,
      ),
    ],
    near: [
      "CREATE OR REPLACE FUNCTION lend(text) RETURNS text LANGUAGE sql AS 'SELECT $1 || $1'",
      ['function public.lend(text): source is "SELECT $1" in production, "SELECT $1 || $1" in the clone'],
    ],
  },
  'disabled constraint trigger': {
    production: [`${library}; ALTER TABLE books DISABLE TRIGGER ALL`],
    told: [
      'disabled constraint trigger: trigger public.books.for constraint public.books.on_shelf by "RI_FKey_check_ins"(), enabled disabled → origin',
      'disabled constraint trigger: trigger public.books.for constraint public.books.on_shelf by "RI_FKey_check_upd"(), enabled disabled → origin',
    ],
    near: [
      'ALTER TABLE shelves DISABLE TRIGGER ALL; ALTER TABLE books ENABLE TRIGGER note',
      [
        'trigger public.books.note: enabled is "disabled" in production, "origin" in the clone',
        'trigger public.shelves.for constraint public.books.on_shelf by "RI_FKey_noaction_del"(): enabled is "origin" in production, "disabled" in the clone',
        'trigger public.shelves.for constraint public.books.on_shelf by "RI_FKey_noaction_upd"(): enabled is "origin" in production, "disabled" in the clone',
      ],
    ],
  },
  subscription: {
    production: [
      `CREATE SUBSCRIPTION news CONNECTION 'host=nowhere.invalid' PUBLICATION all_news WITH (connect = false)`,
    ],
    told: ['subscription: subscription production.news, left out'],
    near: [
      "CREATE SUBSCRIPTION others CONNECTION 'host=nowhere.invalid' PUBLICATION news WITH (connect = false)",
      ['subscription production.others is in the clone only'],
    ],
  },
  'user mapping': {
    production: [
      `CREATE FOREIGN DATA WRAPPER courier; CREATE SERVER branch FOREIGN DATA WRAPPER courier;
       CREATE USER MAPPING FOR librarian SERVER branch OPTIONS (password 'secret'); CREATE USER MAPPING FOR guests SERVER branch`,
    ],
    told: [
      expect.stringMatching(
        /^user mapping: user mapping librarian on branch, digest of the options \w{60}… → not set$/,
      ),
    ],
    near: [
      "ALTER USER MAPPING FOR guests SERVER branch OPTIONS (ADD password 'other')",
      ['user mapping guests on branch: digest of the options is not set in production'],
    ],
  },
  'option order': {
    production: [
      `CREATE FOREIGN DATA WRAPPER courier; CREATE SERVER branch FOREIGN DATA WRAPPER courier;
       CREATE FOREIGN TABLE parcels (id integer) SERVER branch OPTIONS (street 'North', city 'Hull')`,
    ],
    told: [
      'option order: foreign table public.parcels, foreign options {street=North,city=Hull} → {city=Hull,street=North}',
    ],
    near: [
      "ALTER FOREIGN TABLE parcels OPTIONS (SET city 'York')",
      [
        'foreign table public.parcels: foreign options is "{street=North,city=Hull}" in production, "{city=York,street=North}" in the clone',
      ],
    ],
  },
  blanked: {
    production: [
      `CREATE FOREIGN DATA WRAPPER courier; CREATE SERVER branch FOREIGN DATA WRAPPER courier OPTIONS (host 'nowhere.invalid')`,
    ],
    told: ['blanked: server branch, options {host=nowhere.invalid} → not set'],
    near: [
      "ALTER SERVER branch OPTIONS (ADD host 'elsewhere.invalid')",
      [
        'server branch: options is "{host=nowhere.invalid}" in production, "{host=elsewhere.invalid}" in the clone',
      ],
    ],
  },
  'stale materialized view': {
    production: [
      `${library}; CREATE MATERIALIZED VIEW titles AS SELECT title FROM shelves; INSERT INTO shelves VALUES (1, 'Maps')`,
    ],
    told: ['stale materialized view: titles, rows'],
    near: ["INSERT INTO shelves VALUES (2, 'Tides')", ['rows of shelves: 1 in production, 2 in the clone']],
  },
}

const settings = { measures: {}, place: 'elsewhere' } as const

async function read(connection: Connection): Promise<Reading> {
  const isOurs = connection.user !== 'postgres'
  await using readers = await openReaders(
    { ...connection, user: readerName, password },
    isOurs ? connection : undefined,
  )
  return await takeReading(readers, settings)
}

async function make({ production, privileges = true }: Case) {
  const [source, restored] = [await server.makeDatabase(), await server.makeDatabase()]
  for (const statement of production) {
    await query(source, statement).catch((error: Error) => {
      if (!statement.startsWith('CREATE UNIQUE INDEX CONCURRENTLY')) throw error
    })
  }
  {
    await using session = await openSession(source)
    await grantLargeObjects(session)
  }
  const [reader, owner] = [
    { ...source, user: readerName, password },
    { ...restored, user: 'librarian', password },
  ]
  await streamClone({ installation, source: reader, target: owner })
  await blankDatabase(reader, restored)
  if (privileges) await copyPrivileges(installation, reader, restored)
  return { source, owner }
}

async function compare(first: Reading, restored: Connection, source: Connection, privileges = true) {
  const carried: DumpLoss[] = []
  const differences = await compareReadings(first, await read(restored), {
    dump: {
      privileges,
      carried,
      databases: [source.database, restored.database],
      blanked: new Map(),
    },
  })
  const problems = printDifferences(differences, 'production', 'the clone')
  const withoutName = (text: string) => text.replaceAll(source.database, 'production')
  return {
    problems: problems.map(withoutName),
    told: toDumpLossFacts(carried).map(printDumpLoss).map(withoutName),
  }
}

describe.for(Object.entries(cases))('%s', ([, testCase]) => {
  it('passes, and is told; what is near to it is a problem', async () => {
    const { source, owner } = await make(testCase)
    const production = await read(source)
    expect(await compare(production, owner, source, testCase.privileges)).toEqual({
      problems: [],
      told: testCase.told,
    })
    const [statement, problems] = testCase.near
    await query(owner, statement)
    const changed = await compare(production, owner, source, testCase.privileges)
    expect(changed.problems).toEqual(problems.map((problem) => expect.stringContaining(problem) as string))
  })
})

describe('what a release has changed since the dump was restored', () => {
  const trigger = (enabled: string): Catalog =>
    new Map([
      [
        'trigger t',
        { class: 'trigger', identity: 't', parent: null, attributes: { internal: 'true', enabled } },
      ],
    ])
  const [off, on] = [trigger('disabled'), trigger('origin')]

  it.for<[what: string, atRestore: Pair<Catalog>, isCarried: boolean]>([
    ['nothing on either side', { source: off, restored: on }, true],
    ['the source alone', { source: on, restored: on }, false],
    ['the restored database alone', { source: off, restored: off }, false],
  ])('is its own: %s', ([, atRestore, isCarried]) => {
    const { carried, difference } = withoutDumpLosses(
      compareCatalogs(off, on),
      { source: off, restored: on },
      { privileges: true, atRestore },
    )
    expect([carried.length, difference.altered.length]).toEqual(isCarried ? [1, 0] : [0, 1])
  })
})
