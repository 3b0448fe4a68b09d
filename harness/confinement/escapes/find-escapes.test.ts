import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findEscapes } from './find-escapes.ts'

/** What is found in a script, as `way line:column`. */
const find = (sql: string) =>
  findEscapes(sql, 'depot').map(({ way, line, column }) => `${way} ${line}:${column}`)

/** The names of the ways alone. */
const ways = (sql: string) => findEscapes(sql, 'depot').map(({ way }) => way)

describe('psql commands', () => {
  it.each([
    ['\\! id', 'shell'],
    ['\\!id', 'shell'],
    ['\\echo `id`', 'shell'],
    ["\\set who 'x' `id`", 'shell'],
    ['\\o |cat', 'shell'],
    ['\\o :target', 'shell'],
    ['SELECT 1 \\g |cat', 'shell'],
    ['SELECT 1 \\g (format=csv) |cat', 'shell'],
    ['\\w |cat', 'shell'],
    ["\\copy parcels to program 'cat'", 'shell'],
    ["\\copy (SELECT ')' FROM t) to program 'cat'", 'shell'],
    ['\\setenv PAGER id', 'shell'],
    ['\\e', 'shell'],
    ['\\ef deliver', 'shell'],
    ['\\ev parcels', 'shell'],
    ['\\c other', 'connect'],
    ['\\connect - postgres', 'connect'],
    ["\\copy parcels from 'parcels.csv'", 'client-file'],
    ['\\copy parcels to parcels.csv', 'client-file'],
    ['\\copy parcels from pstdin', 'client-file'],
    ['\\o parcels.txt', 'client-file'],
    ['SELECT 1 \\g parcels.txt', 'client-file'],
    ['SELECT 1 \\gx parcels.txt', 'client-file'],
    ['\\w parcels.sql', 'client-file'],
    ['\\s history', 'client-file'],
    ['\\lo_import photo.png', 'client-file'],
    ['\\lo_export 7 photo.png', 'client-file'],
    ['\\getenv home HOME', 'client-file'],
    ['\\cd /tmp', 'client-file'],
  ])('%s is a way out: %s', (sql, way) => {
    expect(ways(`${sql}\n`)).toEqual([way])
  })

  it.each([
    '\\set ON_ERROR_STOP on',
    "\\echo 'a `quoted` word'",
    '\\o',
    '\\o \\\\ SELECT 1;',
    'SELECT 1 \\g',
    'SELECT 1 \\g (format=csv)',
    "SELECT 'x' AS a \\gset",
    '\\copy parcels from stdin\n1\n\\.',
    '\\copy (SELECT 1) to stdout',
    '\\if :{?fast}\n\\endif',
    '\\ir more.sql',
    '\\pset format csv',
    '\\timing on',
  ])('%s stays inside', (sql) => {
    expect(ways(`${sql}\n`)).toEqual([])
  })
})

describe('statements', () => {
  it.each([
    ["COPY parcels TO PROGRAM 'cat'", 'program'],
    ["copy (SELECT 'to stdout' FROM t) to /* so */ program 'cat'", 'program'],
    ["COPY parcels FROM PROGRAM 'cat' WITH (FORMAT csv)", 'program'],
    ['COPY "to" FROM PROGRAM \'cat\'', 'program'],
    ["COPY parcels TO '/tmp/parcels'", 'server-file'],
    ["COPY parcels (id, weight) FROM E'/tmp/parcels'", 'server-file'],
    ["COPY parcels FROM :'file'", 'server-file'],
    ["CREATE TABLESPACE fast LOCATION '/fast'", 'server-file'],
    ["LOAD 'auto_explain'", 'server-file'],
    ['CREATE EXTENSION file_fdw', 'server-file'],
    ['CREATE EXTENSION IF NOT EXISTS dblink', 'other-server'],
    ['CREATE EXTENSION "postgres_fdw"', 'other-server'],
    ['CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw', 'other-server'],
    ["ALTER SERVER far OPTIONS (SET host 'x')", 'other-server'],
    ['CREATE USER MAPPING FOR me SERVER far', 'other-server'],
    ['CREATE FOREIGN DATA WRAPPER w', 'other-server'],
    ['CREATE FOREIGN TABLE t (a int) SERVER far', 'other-server'],
    ['IMPORT FOREIGN SCHEMA public FROM SERVER far INTO public', 'other-server'],
    ['CREATE EXTENSION http', 'http'],
    ['CREATE EXTENSION pg_net', 'http'],
    ["CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'f'", 'untrusted-language'],
    ["CREATE FUNCTION f() RETURNS int AS 'f' LANGUAGE 'internal'", 'untrusted-language'],
    ['DO LANGUAGE plpython3u $$ import os $$', 'untrusted-language'],
    ['DO $$ $$ LANGUAGE PlPerlU', 'untrusted-language'],
    ['CREATE OR REPLACE TRUSTED LANGUAGE mine HANDLER h', 'untrusted-language'],
    ['CREATE EXTENSION plpython3u', 'untrusted-language'],
    ['CREATE EXTENSION hstore_plperlu', 'untrusted-language'],
    ["CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p", 'subscription'],
    ['ALTER SUBSCRIPTION s DISABLE', 'subscription'],
    ['DROP SUBSCRIPTION s', 'subscription'],
    ["ALTER SYSTEM SET work_mem = '1GB'", 'alter-system'],
    ['CREATE DATABASE other', 'other-database'],
    ['ALTER DATABASE depot SET work_mem = 1', 'other-database'],
    ['DROP DATABASE IF EXISTS depot', 'other-database'],
    ['SET SESSION AUTHORIZATION postgres', 'role'],
    ["SET LOCAL SESSION AUTHORIZATION 'postgres'", 'role'],
    ["SET session_authorization = 'postgres'", 'role'],
  ])('%s is a way out: %s', (sql, way) => {
    expect(ways(`${sql};\n`)).toEqual([way])
  })

  it.each([
    'COPY parcels FROM STDIN',
    'COPY parcels TO STDOUT',
    'CREATE ROLE reader',
    'SET ROLE reader',
    'RESET SESSION AUTHORIZATION',
    'SET SESSION AUTHORIZATION DEFAULT',
    'CREATE EXTENSION pgcrypto',
    'CREATE EXTENSION unaccent',
    'CREATE EXTENSION pg_menu',
    'GRANT USAGE ON LANGUAGE plpython3u TO reader',
    'DROP SERVER far',
    'SELECT language c FROM menu',
    'CREATE TABLE books (language ru, "language" c)',
    "ALTER TABLE t ADD CHECK (what IN ('copy to program', 'begin'))",
    'CREATE TABLE program (copy text, load text, server text)',
    'SELECT copy FROM program',
    "SELECT CASE WHEN a THEN b ELSE load END, 'x' FROM t",
    'REVOKE EXECUTE ON FUNCTION pg_read_file(text) FROM PUBLIC',
    'ALTER TABLE t ALTER system SET DEFAULT 1',
    'CREATE TABLE http_log (id integer)',
    "SELECT nextval('tickets'), pg_advisory_xact_lock(1), pg_notify('a', 'b')",
  ])('%s stays inside', (sql) => {
    expect(ways(`${sql};\n`)).toEqual([])
  })
})

describe('functions', () => {
  it.each([
    ["pg_read_file('/etc/passwd')", 'server-file'],
    ["pg_catalog.pg_read_binary_file ('x')", 'server-file'],
    ["pg_ls_dir('.')", 'server-file'],
    ['pg_ls_logdir()', 'server-file'],
    ["pg_stat_file('x')", 'server-file'],
    ["pg_file_write('x', 'y', false)", 'server-file'],
    ["lo_import('/etc/passwd')", 'server-file'],
    ["lo_export(1, '/tmp/x')", 'server-file'],
    ["dblink('', 'SELECT 1')", 'other-server'],
    ["public.dblink_exec('x')", 'other-server'],
    ["http_get('https://x')", 'http'],
    ["net.http_post(url := 'https://x')", 'http'],
    ["pg_create_physical_replication_slot('s')", 'replication'],
    ["pg_create_logical_replication_slot('s', 'p')", 'replication'],
    ["pg_drop_replication_slot('s')", 'replication'],
    ["pg_logical_emit_message(true, 'a', 'b')", 'replication'],
    ['pg_reload_conf()', 'alter-system'],
    ['pg_wal_replay_pause()', 'alter-system'],
    ["pg_stat_reset_shared('io')", 'alter-system'],
    ['pg_sync_replication_slots()', 'replication'],
    ['pg_terminate_backend(1)', 'other-session'],
    ['"pg_cancel_backend"(1)', 'other-session'],
    ['U&"pg_cancel_b\\0061ckend"(1)', 'other-session'],
  ])('%s is a way out: %s', (call, way) => {
    expect(ways(`SELECT ${call};\n`)).toEqual([way])
  })

  it('are a way out where a trigger calls them', () => {
    const sql = 'CREATE TRIGGER t AFTER INSERT ON parcels EXECUTE FUNCTION supabase_functions.http_request();'
    expect(ways(sql)).toEqual(['http'])
  })
})

describe('what stands in quotes', () => {
  it.each([
    ["DO $$ BEGIN COPY parcels TO PROGRAM 'cat'; END $$;", 'program 1:13'],
    ["DO $$ BEGIN EXECUTE 'COPY parcels TO PROGRAM ''cat'''; END $$;", 'program 1:22'],
    ["DO $$ BEGIN EXECUTE $q$COPY parcels TO '/tmp/x'$q$; END $$;", 'server-file 1:24'],
    ["DO $$ BEGIN EXECUTE format('COPY %I TO %L', t, f); END $$;", 'server-file 1:29'],
    ["DO $$ BEGIN EXECUTE 'COPY t TO ' || quote_literal(f); END $$;", 'server-file 1:22'],
    [
      "DO $$ DECLARE s text := 'ALTER SYSTEM SET work_mem = 1'; BEGIN EXECUTE s; END $$;",
      'alter-system 1:26',
    ],
    ["DO 'BEGIN\n  LOAD ''x'';\nEND';", 'server-file 2:3'],
    ["CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT pg_read_file(''x'')';", 'server-file 1:58'],
    ["DO $$ BEGIN EXECUTE E'COPY t TO \\x50ROGRAM \\'id\\''; END $$;", 'program 1:23'],
    ["DO $$ BEGIN EXECUTE 'COPY t '\n'TO PROGRAM ''id'''; END $$;", 'program 1:22'],
    [
      "DO $$ BEGIN EXECUTE 'DO $b$ BEGIN EXECUTE ''ALTER SYSTEM RESET ALL''; END $b$'; END $$;",
      'alter-system 1:45',
    ],
    ["SELECT 'ALTER SYSTEM RESET ALL' \\gexec\n", 'alter-system 1:9'],
    ["INSERT INTO t VALUES ('ALTER SYSTEM RESET ALL') RETURNING a \\gexec\n", 'alter-system 1:24'],
    ["\\set run 'ALTER SYSTEM RESET ALL;'\n:run\n", 'alter-system 1:11'],
    ['\\set run ALTER SYSTEM RESET ALL;\n:run\n', 'alter-system 1:10'],
    [
      "DO 'BEGIN EXECUTE ''LOAD ''''/x''''''; PERFORM pg_read_file(''x''); END';",
      'server-file 1:21',
      'server-file 1:48',
    ],
  ])('%s is found where it stands', (sql, ...found) => {
    expect(find(sql)).toEqual(found)
  })

  it.each([
    "COMMENT ON TABLE t IS 'Copy it to program ''x'', then load ''y''.';",
    "COMMENT ON FUNCTION f() IS $$Alter system tables by pg_read_file('x').$$;",
    "DO $$ BEGIN RAISE NOTICE 'COPY t TO PROGRAM %', 'x'; END $$;",
    "DO $$ BEGIN RAISE EXCEPTION USING HINT = 'ALTER SYSTEM SET x = 1'; END $$;",
    "INSERT INTO notes VALUES ('Create database indexes'), ($$Load 'x'$$);",
    "UPDATE notes SET text = 'Drop subscription of readers';",
    "-- COPY t TO PROGRAM 'x'\n/* LOAD 'x' */ SELECT 1;",
    "SELECT 'he said: COPY t TO PROGRAM ''x''';",
    'COPY notes FROM STDIN;\n\\! id\nALTER SYSTEM\n\\.\n',
  ])('%s only says or stores it', (sql) => {
    expect(ways(sql)).toEqual([])
  })

  it('is found behind psql commands in the middle of a statement', () => {
    expect(ways("COPY parcels TO\n\\echo half\nPROGRAM 'cat';\n")).toEqual(['program'])
  })
})

describe("production's name", () => {
  it.each([
    'GRANT CONNECT ON DATABASE depot TO reader;',
    'GRANT CONNECT ON DATABASE other, "depot" TO reader;',
    "COMMENT ON DATABASE depot IS 'x';",
    'ALTER ROLE reader IN DATABASE depot SET work_mem = 1;',
    'REINDEX DATABASE CONCURRENTLY depot;',
    "SELECT pg_database_size('depot');",
    "DO $$ BEGIN PERFORM 1 FROM pg_database WHERE datname = E'dep\\x6ft'; END $$;",
    "SELECT * FROM pg_stat_activity WHERE datname = 'depot';",
  ])('%s names it', (sql) => {
    expect(ways(sql)).toEqual(['other-database'])
  })

  it.each([
    "DO $$ BEGIN IF current_database() <> 'depot' THEN RAISE EXCEPTION 'no depot'; END IF; END $$;",
    'ALTER TABLE depot.parcels OWNER TO depot;',
    'SELECT depot FROM depots AS depot;',
    "SELECT 'the depot', 'Depot';",
    "DO $$ BEGIN RAISE EXCEPTION 'depot' USING HINT = 'depot'; END $$;",
  ])('%s is a guard, or means something else', (sql) => {
    expect(ways(sql)).toEqual([])
  })
})

it('tells place and text on one line, in the order of the script', () => {
  const sql = `SELECT 1;\n  COPY parcels\n  TO PROGRAM '${'x'.repeat(80)}';\n\\! id\n`
  expect(findEscapes(sql, 'depot')).toEqual([
    { way: 'program', line: 2, column: 3, text: `COPY parcels TO PROGRAM '${'x'.repeat(45)}…` },
    { way: 'shell', line: 4, column: 1, text: '\\! id' },
  ])
})

describe('a way out is found', () => {
  const words = fc.constantFrom(
    ...[
      ['program', 'copy', 'parcels', 'to', 'program', "'cat'"],
      ['server-file', 'load', "'x'"],
      ['subscription', 'drop', 'subscription', 's'],
      ['alter-system', 'alter', 'system', 'reset', 'all'],
      ['other-server', 'create', 'user', 'mapping', 'for', 'me', 'server', 'far'],
      ['untrusted-language', 'do', '$b$ $b$', 'language', 'plpython3u'],
      ['http', 'select', 'net', '.', 'http_get', '(', "'x'", ')'],
    ].map(([way, ...tokens]) => ({ way: way!, tokens })),
  )
  const gap = fc.constantFrom(' ', '\n', '\t', ' -- to stdout\n', ' /* ; /* */ stdin */ ')
  const frame = fc.constantFrom(
    (sql: string) => sql,
    (sql: string) => `SELECT 1; ${sql}; SELECT 2;`,
    (sql: string) => `DO $a$ BEGIN ${sql}; END $a$;`,
    (sql: string) => `DO $a$ BEGIN IF true THEN ${sql}; END IF; END $a$;`,
    (sql: string) => `DO $a$ BEGIN EXECUTE '${sql.replaceAll("'", "''")}'; END $a$;`,
    (sql: string) => `DO $a$ BEGIN EXECUTE $q$${sql}$q$; END $a$;`,
  )

  it('whatever case and gaps it is written with, wherever a statement may stand', () => {
    fc.assert(
      fc.property(
        words,
        fc.infiniteStream(gap),
        fc.infiniteStream(fc.boolean()),
        frame,
        (spelt, gaps, cases, put) => {
          const [gapOf, caseOf] = [gaps[Symbol.iterator](), cases[Symbol.iterator]()]
          const text = spelt.tokens
            .map((token) =>
              caseOf.next().value === true && /^\w+$/.test(token) ? token.toUpperCase() : token,
            )
            .map((token) => `${token}${String(gapOf.next().value)}`)
            .join('')
          expect(ways(put(text))).toEqual([spelt.way])
        },
      ),
    )
  })
})

it('takes no long time for a script of many values', () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => `(${n}, 'select ${n}')`).join(',\n')
  expect(find(`INSERT INTO t VALUES ${rows};\n`)).toEqual([])
})
