import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeFiles } from '../../../tests/support/server.ts'
import { makeTestClone, type TestClone } from '../../../tests/support/privileges-clone.ts'
import { findPostgresInstallations } from '../../cluster/find-binaries.mjs'
import { runScript } from '../../executor/run-script.ts'
import { findEscapes } from './find-escapes.ts'

let clone: TestClone
beforeAll(async () => {
  clone = await makeTestClone('CREATE ROLE other_readers; CREATE TABLE books (id integer)')
})
afterAll(() => clone[Symbol.asyncDispose]())

/** Runs SQL on the clone as the release is run: by psql, as the role that owns the database. */
async function runAsOwner(sql: string) {
  await using files = await writeFiles({ 'release.sql': sql })
  const { exitCode, error } = await runScript({
    psql: `${findPostgresInstallations()[0]!.directory}/psql`,
    directory: files.path,
    file: 'release.sql',
    connection: { ...clone.clone, user: 'librarian', password: 'only-for-this-test' },
  })
  return { exitCode, sqlstate: error?.sqlstate }
}

/** A DO block that puts a statement together from pieces while it runs. */
const assemble = (...pieces: string[]) =>
  `DO $$ BEGIN EXECUTE ${pieces.map((piece) => `'${piece.replaceAll("'", "''")}'`).join(' || ')}; END $$;\n`

describe('a way out that is put together while the release runs, unseen by reading it,', () => {
  it.each([
    ['program', ['CO', 'PY (SELECT 1) TO PROG', "RAM 'cat > /tmp/reached'"]],
    ['program', ['CO', 'PY books FROM PROG', "RAM 'echo 1'"]],
    ['server-file', ['CO', "PY books FROM '/etc/passwd'"]],
    ['server-file', ['CO', "PY books TO '/tmp/reached'"]],
    ['server-file', ['SEL', "ECT pg_read_file('/etc/passwd')"]],
    ['server-file', ['SEL', "ECT pg_read_binary_file('PG_VERSION')"]],
    ['server-file', ['SEL', "ECT pg_ls_dir('.')"]],
    ['server-file', ['SEL', "ECT pg_stat_file('PG_VERSION')"]],
    ['server-file', ['SEL', "ECT lo_import('/etc/passwd')"]],
    ['server-file', ['SEL', "ECT lo_export(1, '/tmp/reached')"]],
    ['server-file', ['CRE', 'ATE EXTENSION file_', 'fdw']],
    ['server-file', ['LO', "AD '/tmp/reached.so'"]],
    ['other-server', ['CRE', 'ATE EXTENSION dbl', 'ink']],
    ['other-server', ['CRE', 'ATE EXTENSION postgres_', 'fdw']],
    ['other-server', ['CRE', 'ATE FOREIGN DATA WRAPPER far']],
    ['untrusted-language', ['CRE', 'ATE FUNCTION f() RETURNS int LANGU', "AGE c AS 'reached', 'f'"]],
    ['untrusted-language', ['CRE', 'ATE FUNCTION f() RETURNS int LANGU', "AGE internal AS 'int4in'"]],
    ['subscription', ['CRE', "ATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (connect = false)"]],
    ['replication', ['SEL', "ECT pg_create_physical_replication_slot('s')"]],
    ['replication', ['SEL', "ECT pg_create_logical_replication_slot('s', 'pgoutput')"]],
    ['replication', ['SEL', "ECT pg_drop_replication_slot('s')"]],
    ['alter-system', ['SEL', 'ECT pg_reload_conf()']],
    ['other-database', ['ALT', 'ER DATABASE postgres SET work_mem = 1024']],
    [
      'other-session',
      ['SEL', "ECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'"],
    ],
    ['role', ['SE', 'T SESSION AUTHORIZATION postgres']],
    ['role', ['SE', 'T ROLE postgres']],
    ['role', ['SE', 'T ROLE other_readers']],
    ['role', ['CRE', 'ATE ROLE mine SUPERUSER']],
    ['role', ['ALT', 'ER ROLE librarian SUPERUSER']],
    ['role', ['GR', 'ANT pg_execute_server_program TO librarian']],
  ])('is refused for want of the right: %s, %j', async (_way, pieces) => {
    const sql = assemble(...pieces)
    expect(findEscapes(sql, 'library')).toEqual([])
    expect(await runAsOwner(sql)).toEqual({ exitCode: 3, sqlstate: '42501' })
  })

  it.each([
    ['other-database', 'CREATE DATA', 'BASE mine'],
    ['server-file', 'CREATE TABLE', "SPACE fast LOCATION '/tmp'"],
    ['alter-system', 'ALTER SYS', "TEM SET work_mem = '1GB'"],
  ])('is refused outside of a transaction, where it alone may stand: %s', async (_way, first, second) => {
    const sql = `SELECT '${first}' || $end$${second}$end$ \\gexec\n`
    expect(findEscapes(sql, 'library')).toEqual([])
    expect(await runAsOwner(sql)).toEqual({ exitCode: 3, sqlstate: '42501' })
  })

  it('is let in where no right forbids it: what the owner may do in its own database', async () => {
    expect(await runAsOwner(assemble('CRE', 'ATE TABLE own_table ()'))).toEqual({
      exitCode: 0,
      sqlstate: undefined,
    })
  })
})
