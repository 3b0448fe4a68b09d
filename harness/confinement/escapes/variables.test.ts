import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, writeFiles, type TestServer } from '../../../tests/support/server.ts'
import { runScript } from '../../executor/run-script.ts'
import { findEscapes } from './find-escapes.ts'
import { findOpenVariables } from './variables.ts'

/** What is found in a script, as `way line:column`. */
const find = (sql: string) =>
  findEscapes(sql, 'depot').map(({ way, line, column }) => `${way} ${line}:${column}`)

describe('a variable whose value is not known before', () => {
  it.each([
    ['SELECT code AS x FROM t \\gset\n:x\n', 'variable 2:1'],
    ['SELECT 1 AS n \\gset my_\nSELECT :my_n;\n', 'variable 2:8'],
    ['\\set q :other\nSELECT :q;\n', 'variable 2:8'],
    ["\\set x '\\\\! date'\n:x\n", 'variable 2:1'],
    ["\\set q ''''\nSELECT :q;\n", 'variable 2:8'],
    ['\\set a 1 \\set b $x$\nSELECT :a + :b;\n', 'variable 2:13'],
    ['\\prompt Which? x\nSELECT :x;\n', 'variable 2:8'],
    ['SELECT :LAST_ERROR_MESSAGE;\n', 'variable 1:8'],
    ["\\set n q\n\\set :n '\\\\! date'\n:q\n", 'variable 3:1'],
    ["\\set 'q' '\\\\! date'\n:q\n", 'variable 2:1'],
    ['\\prompt :n\nSELECT :q;\n', 'variable 2:8'],
  ])('is not to stand on its own: %s', (sql, way) => {
    expect(find(sql)).toEqual([way])
  })

  it.each([
    'SELECT code AS x FROM t \\gset\nSELECT :\'x\', :"x", :{?x};\n',
    'SELECT 1 AS n \\gset my_\n\\set n 5\nSELECT :n, a[1:m] FROM t;\n',
    "\\set who 'the clerk' \nSELECT :'who', :n::int;\n\\echo :who\n",
    '\\set rows 500\n\\set ON_ERROR_STOP on\nSELECT * FROM t LIMIT :rows;\n',
    "SELECT 1 AS x \\gset\nDO $$ BEGIN v := f(a => :x); END $$; SELECT ':x';\n",
  ])('may be used otherwise: %s', (sql) => {
    expect(find(sql)).toEqual([])
  })

  it('is one in every script of the release', () => {
    const isOpen = findOpenVariables(['SELECT 1 AS n \\gset one_\n', 'SELECT :one_n, :two;'])
    expect([isOpen('one_n'), isOpen('two')]).toEqual([true, false])
  })
})

describe('what a variable holds', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('is run by psql where it is one of its commands, and so is refused', async () => {
    const sql = "SELECT chr(92) || '! echo reached' AS x \\gset\n:x\n"
    await using files = await writeFiles({ 'release.sql': sql })
    const { exitCode, stdout } = await runScript({
      psql: server.psql,
      directory: files.path,
      file: 'release.sql',
      connection: await server.makeDatabase(),
    })
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'reached\n' })
    expect(find(sql)).toEqual(['variable 2:1'])
  })
})
