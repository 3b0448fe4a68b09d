import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, writeFiles, type TestServer } from '../../../tests/support/server.ts'
import { findPostgresInstallations } from '../../cluster/find-binaries.mjs'
import { runScript } from '../../executor/run-script.ts'
import { findWaysOut } from './find-ways-out.ts'

/** What is found in a script, as `way line:column`. */
const find = (sql: string) =>
  findWaysOut(sql, 'depot').map(({ way, line, column }) => `${way} ${line}:${column}`)

describe('what makes psql read a script otherwise', () => {
  it.each([
    ['SET standard_conforming_strings = off;', 'unreadable 1:5'],
    ['SET SESSION "standard_conforming_strings" TO \'0\';', 'unreadable 1:13'],
    ['SET LOCAL client_encoding TO SJIS;', 'unreadable 1:11'],
    ["SET NAMES 'BIG5';", 'unreadable 1:5'],
    ["SELECT pg_catalog.set_config('client_encoding', 'GBK', false);", 'unreadable 1:30'],
    ["SELECT set_config('Standard_Conforming_Strings', v, false) FROM t;", 'unreadable 1:19'],
    ['ALTER ROLE porter SET client_encoding = gb18030;', 'unreadable 1:23'],
    ['CREATE FUNCTION f() RETURNS int SET standard_conforming_strings = off RETURN 1;', 'unreadable 1:37'],
    ['DO $$ BEGIN SET standard_conforming_strings = off; END $$;', 'unreadable 1:17'],
    ["DO $$ BEGIN EXECUTE 'SET client_encoding = sjis'; END $$;", 'unreadable 1:26'],
    ['\\encoding SJIS\n', 'unreadable 1:1'],
    ["SELECT 'a\\';", 'unreadable 1:8'],
    ["SELECT 'a\\\\\\''', b;", 'unreadable 1:8'],
    ["SELECT N'a\\';", 'unreadable 1:8'],
  ])('%s', (sql, way) => {
    expect(find(sql)).toEqual([way])
  })

  it.each([
    'SET standard_conforming_strings = on; SET client_encoding TO DEFAULT;',
    "SET client_encoding = 'UTF8'; SET NAMES 'utf-8'; RESET client_encoding;",
    "SELECT set_config('client_encoding', 'UTF8', false), current_setting('client_encoding');",
    'SELECT client_encoding, names FROM sessions WHERE client_encoding = 7;',
    'UPDATE clients SET names2 = 1;',
    '\\encoding UTF8\n\\encoding\n',
    "SELECT 'a\\\\', '\\d+', E'it\\'s', 'it''s', $$a\\'$$, '\\\\''x';",
  ])('but not %s', (sql) => {
    expect(find(sql)).toEqual([])
  })
})

describe('a command that psql sees in what is a string where strings are read by the standard', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('is run, and so the string is refused, however the setting is come by', async () => {
    const sql = String.raw`DO $$ BEGIN EXECUTE 'SET standard_con' || 'forming_strings = off'; END $$;
SELECT 'a\';
SELECT ' AS b;
\! echo reached
SELECT '';
`
    await using files = await writeFiles({ 'release.sql': sql })
    const { exitCode, stdout } = await runScript({
      psql: `${findPostgresInstallations()[0]!.directory}/psql`,
      directory: files.path,
      file: 'release.sql',
      connection: await server.makeDatabase(),
    })
    expect({ exitCode, isReached: stdout.includes('\nreached\n') }).toEqual({ exitCode: 0, isReached: true })
    expect(find(sql)).toEqual(['unreadable 2:8', 'unreadable 3:8'])
  })
})
