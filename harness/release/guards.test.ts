import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findGuards, scanGuards } from './guards.ts'

const found = (sql: string) => findGuards(sql, 'depot').map((guard) => guard.expression)

describe('a guard', () => {
  it.each([
    "current_database() <> 'depot'",
    "current_database()!='depot'",
    "CURRENT_DATABASE ( ) = 'depot'",
    "pg_catalog.current_database() IS DISTINCT FROM 'depot'",
    "current_database() is not distinct from 'depot'::name",
    "current_database()::text NOT IN ('depot')",
    "current_database() IN ( 'depot'::pg_catalog.text )",
    "'depot' <> current_database()",
    "'depot'::text IS DISTINCT FROM pg_catalog.current_database()::text",
    "current_database /* the\nname */ () -- is\n <> 'depot'",
    `"pg_catalog"."current_database"() <> 'depot'`,
  ])('is found as %s', (expression) => {
    expect(found(`IF ${expression} THEN`)).toEqual([expression])
    expect(found(`DO $a$ BEGIN EXECUTE $b$ DO $c$ x(${expression}) $c$ $b$; END $a$;`)).toEqual([expression])
  })

  it('is told with its place and its literal', () => {
    const sql = "DO $$\r\nBEGIN\r\n  IF current_database() <> 'de''pot' THEN"
    expect(findGuards(sql, "de'pot")).toEqual([
      {
        offset: 19,
        line: 3,
        column: 6,
        expression: "current_database() <> 'de''pot'",
        literalOffset: 41,
        literal: "'de''pot'",
      },
    ])
  })

  it.each([
    "-- current_database() <> 'depot'",
    "/* current_database() <> 'depot' */",
    "SELECT 'current_database() <> ''depot'''",
    `SELECT "current_database() <> 'depot'"`,
    "current_database() <> 'depots'",
    "current_database() <> E'depot'",
    "current_database() <> 'depot' || 's'",
    "current_database() <> 'depot'\n's'",
    "'my' || current_database() <> 'depot'",
    "audit.current_database() <> 'depot'",
    "current_database() IN ('depot', 'other')",
    "current_database() LIKE 'depot'",
    'current_database() <> $$depot$$',
    "current_database() <> 'depot'::varchar",
    "\\echo current_database() <> 'depot'",
  ])('is not seen in %s', (sql) => {
    expect(found(sql)).toEqual([])
  })
})

describe('a use of the name that is no guard', () => {
  it.each([
    ["IF current_database() <> 'other' THEN", 'current_database'],
    ["SELECT 1 WHERE current_database() <> 'depot' || 's'", 'current_database'],
    ['SELECT current_catalog', 'current_catalog'],
    ['DO $$ BEGIN v := current_database(); END $$', 'current_database'],
    ["SELECT :'DBNAME' = 'depot'", ":'DBNAME'"],
    ['\\connect depot', '\\connect depot'],
    ['\\if :DBNAME', '\\if :DBNAME'],
    ['SELECT 1 FROM information_schema.information_schema_catalog_name', 'information_schema_catalog_name'],
    ["DO $$ BEGIN RAISE NOTICE '%', tidy(current_database()); END $$", 'current_database'],
    ["DO $$ BEGIN RAISE NOTICE '%', format('%s', tidy(current_catalog)); END $$", 'current_catalog'],
    [
      "DO $$ BEGIN RAISE NOTICE '%', CASE WHEN current_database() = 'x' THEN f() END; END $$",
      'current_database',
    ],
    [
      "DO $$ BEGIN RAISE NOTICE '%', CASE 'x' WHEN current_database() THEN f() END; END $$",
      'current_database',
    ],
  ])('is told for %s', (sql, text) => {
    expect(scanGuards(sql, 'depot').others).toMatchObject([{ text }])
  })

  it.each([
    "DO $$ BEGIN RAISE EXCEPTION 'not in %', current_database() USING DETAIL = format('%s', current_catalog); END $$",
    "DO $$ BEGIN RAISE NOTICE 'in ' || current_database(); RAISE EXCEPTION '%', upper(x) USING HINT = 'not ' || quote_ident(current_database()); END $$",
    'SELECT \'current_database()\', t.current_catalog, "current_database" FROM t',
    '\\echo :DBNAME',
    "IF current_database() <> 'depot' THEN",
  ])('is not told for %s', (sql) => {
    expect(scanGuards(sql, 'depot').others).toEqual([])
  })
})

const noise = fc.constantFrom(
  'SELECT 1;\n',
  "-- current_database() <> 'depot'\n",
  "/* current_database() <> /* 'depot' */ it's */",
  " 'current_database() = ''depot''' , ",
  ' "current_database() = \'depot\'" ',
  " E'\\' current_database() = \\'depot\\'' , ",
  ' x $1 ;\r\n',
)
const guard = fc
  .tuple(
    fc.constantFrom('current_database()', 'pg_catalog . current_database ( ) :: text', 'CURRENT_DATABASE()'),
    fc.constantFrom('<>', '!=', '=', ' is distinct from ', " IS NOT DISTINCT /* it's */ FROM "),
    fc.boolean(),
  )
  .map(([call, operator, mirrored]) => (mirrored ? `'depot'${operator}${call}` : `${call}${operator}'depot'`))

/** SQL with a known number of guards in code, at any depth of dollar quotes. */
const script: fc.Arbitrary<{ sql: string; count: number }> = fc.letrec<{
  node: { sql: string; count: number }
}>((tie) => ({
  node: fc
    .array(
      fc.oneof(
        { maxDepth: 4 },
        noise.map((sql) => ({ sql, count: 0 })),
        guard.map((sql) => ({ sql: ` IF ${sql} THEN `, count: 1 })),
        fc.tuple(tie('node'), fc.integer({ min: 0, max: 1e9 })).map(([inner, tag]) => ({
          sql: ` DO $t${tag}$${inner.sql}$t${tag}$; `,
          count: inner.count,
        })),
      ),
      { maxLength: 6 },
    )
    .map((parts) => ({
      sql: parts.map((part) => part.sql).join(''),
      count: parts.reduce((sum, part) => sum + part.count, 0),
    })),
})).node

it('finds exactly the guards that stand in code, wherever comments, strings and bodies hide look-alikes', () => {
  fc.assert(
    fc.property(script, ({ sql, count }) => {
      const { guards, others } = scanGuards(sql, 'depot')
      expect(guards).toHaveLength(count)
      expect(others).toEqual([])
      for (const site of guards) {
        expect(sql.startsWith(site.expression, site.offset)).toBe(true)
        expect(sql.startsWith("'depot'", site.literalOffset)).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})
