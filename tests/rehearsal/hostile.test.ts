import { expect, it } from 'vitest'
import { load } from '../support/intrude.ts'
import { copySmallProject, type Project } from '../support/project.ts'
import { expectVerdict, notPerformed, problemsOf, stepOf } from '../support/read-evidence.ts'
import { OpenRehearsal } from '../support/stage.ts'

/** All that an administrator can lend to a role that is no superuser. */
const administration = `-- The role that ships releases is trusted with much.
CREATE EXTENSION dblink;
CREATE EXTENSION postgres_fdw;
GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO librarian;
GRANT pg_read_all_settings, pg_execute_server_program, pg_read_server_files, pg_write_server_files TO librarian;
CREATE SUBSCRIPTION news CONNECTION 'host=far.example dbname=x' PUBLICATION p WITH (connect = false, slot_name = 'precious');
ALTER SUBSCRIPTION news OWNER TO postgres;
`

/** Ways to production that a release puts together while it runs; \`<source>\` is where production's server listens. */
const attempts: Readonly<Record<string, string>> = {
  'dblink to production': `SELECT dblink_connect('host=<source> dbname=library user=postgres password=guessed')`,
  'dblink to production over the network': `SELECT dblink_connect('host=127.0.0.1 connect_timeout=3 dbname=library user=postgres password=guessed')`,
  postgres_fdw: `CREATE SERVER away FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '<source>', dbname 'library');
    CREATE USER MAPPING FOR librarian SERVER away OPTIONS (user 'postgres', password 'guessed');
    CREATE FOREIGN TABLE far_branches (code text) SERVER away OPTIONS (table_name 'branches');
    SELECT count(*) FROM far_branches`,
  'psql, started by COPY': `COPY (SELECT 1) TO PROGRAM 'psql -w -h <source> -U postgres -d library -c "DELETE FROM branches"'`,
  'a program that looks for production': `COPY (SELECT 1) TO PROGRAM 'ls <source>/data/pg_hba.conf'`,
  'a file of production': `CREATE TEMPORARY TABLE seen (line text); COPY seen FROM '<source>/data/pg_hba.conf'`,
  'production’s settings': `ALTER DATABASE library SET work_mem = '1MB'`,
  'production dropped': `ALTER DATABASE library RENAME TO gone`,
  'a subscription': `ALTER SUBSCRIPTION news DISABLE`,
  'another’s session': `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres' LIMIT 1`,
}

/** Each attempt by itself; what it met is printed. */
function attack(name: string, statement: string): string {
  const hidden = [...statement.replaceAll('\n', ' ')].map((letter) => letter.charCodeAt(0)).join(',')
  return `DO $attempt$
DECLARE
  detail text;
  hidden text := (SELECT string_agg(chr(code), '' ORDER BY place) FROM unnest(ARRAY[${hidden}]) WITH ORDINALITY AS u (code, place));
BEGIN
  EXECUTE replace(hidden, '<source>', regexp_replace(current_setting('unix_socket_directories'), '/(clone|golden)$', '/production'));
  RAISE NOTICE 'ATTEMPT ${name}: let in';
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
  RAISE NOTICE 'ATTEMPT ${name}: % % %', SQLSTATE, SQLERRM, detail;
END
$attempt$;
`
}

async function copyHostile(): Promise<Project> {
  const project = await copySmallProject()
  await project.write('sql/production/administration.sql', administration)
  await project.edit(
    'rehearsal.config.ts',
    "script: 'sql/production/make.sql',",
    "script: 'sql/production/make.sql', administration: 'sql/production/administration.sql',",
  )
  const all = Object.entries(attempts).map(([name, statement]) => attack(name, statement))
  await project.edit('sql/release/t2_seed.sql', '\nCOMMIT;\n', `\n${all.join('')}COMMIT;\n`)
  return project
}

const met = (evidence: Parameters<typeof stepOf>[0]) =>
  readMet(stepOf(evidence, 'T2').notices.map(({ message }) => message))

function readMet(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines
      .map((line) => /ATTEMPT (.*?): (\w{5}) (.*)/s.exec(line))
      .filter((match) => match !== null)
      .map(([, name, state, message]) => [name!, `${state} ${message}`]),
  )
}

const unreachable = expect.stringMatching(
  /No such file or directory|Connection refused|Network is unreachable/,
)

const refusals = {
  'dblink to production': unreachable,
  'dblink to production over the network': unreachable,
  postgres_fdw: unreachable,
  'psql, started by COPY': expect.stringMatching(/^38000 program "psql .* failed/),
  'a program that looks for production': expect.stringMatching(/^38000 program "ls .* failed/),
  'a file of production': expect.stringMatching(/^58P01 could not open file .*: No such file or directory/),
  'production’s settings': expect.stringMatching(/^3D000 database "library" does not exist/),
  'production dropped': expect.stringMatching(/^3D000 database "library" does not exist/),
  'a subscription': expect.stringMatching(/^42704 subscription "news" does not exist/),
  'another’s session': expect.stringMatching(/^42501 must be a superuser to terminate superuser process/),
}

it('a release that tries every way to production meets a wall at each, and production is as it was', async () => {
  await using project = await copyHostile()
  const { exitCode, output, evidence } = await project.rehearse()
  expect(met(evidence)).toEqual(refusals)
  expectVerdict('pass', { exitCode, output, evidence })
  expect(evidence.certificate?.exit).toMatchObject({ changed: [], left: [] })
  expect(stepOf(evidence, 'clone').facts['releaseRole']).toContain(
    'the release role may start programs on the server (pg_execute_server_program)',
  )
})

it('a release that hides a command of psql from the reading is ended before psql sees it', async () => {
  await using project = await copySmallProject()
  const hidden = String.raw`DO $$ BEGIN EXECUTE 'SET standard_con' || 'forming_strings = off'; END $$;
SELECT 'a\';
SELECT ' AS b;
\echo reached
SELECT ';
`
  await project.edit('sql/release/t2_seed.sql', '\nCOMMIT;\n', `\n${hidden}COMMIT;\n`)
  await using rehearsal = await OpenRehearsal.open(project)
  const evidence = await rehearsal.reach('golden-backup', 'T2')
  const fault =
    /standard_conforming_strings became off: psql would read the rest of the script differently from the harness .*\(SQLSTATE 0A000\) at t2_seed\.sql:\d+/
  expect(evidence.verdict).toBe('fail')
  const { status, reason, facts } = stepOf(evidence, 'T2')
  expect({ status, reason }).toEqual({ status: 'failed', reason: expect.stringMatching(fault) as string })
  expect(facts['output']).not.toContain('reached')
  expect(stepOf(evidence, 'golden-backup').reason).toMatch(fault)
})

it('what is done to golden finds nothing of production on its server, and nothing of it beside that', async () => {
  await using project = await copySmallProject()
  await project.write('sql/production/administration.sql', administration)
  await project.edit(
    'rehearsal.config.ts',
    "script: 'sql/production/make.sql',",
    "script: 'sql/production/make.sql', administration: 'sql/production/administration.sql',",
  )
  const tried = Object.entries(attempts).map(([name, statement]) => attack(name, statement))
  await project.write(
    'sql/golden/experiments.sql',
    `CREATE TABLE met (line text);
SET client_min_messages = error;
${tried
  .join('')
  .replaceAll(/RAISE NOTICE ('ATTEMPT [^']*')((?:, \w+)*);/g, 'INSERT INTO met VALUES (format($1$2));')
  .replaceAll('% % %', '%s %s %s')}
DO $$ BEGIN RAISE EXCEPTION '%', (SELECT string_agg(line, chr(10)) FROM met); END $$;
`,
  )
  await using rehearsal = await OpenRehearsal.open(project)
  const evidence = await rehearsal.reach('golden-backup', 'isolation')
  const { status, reason } = stepOf(evidence, 'golden-backup')
  expect(status).toBe('error')
  expect(readMet(reason!.split('\n'))).toEqual({
    ...refusals,
    'production dropped': refusals['production’s settings'],
  })
  expect(stepOf(evidence, 'isolation').status).toBe('performed')
  expect(problemsOf(evidence)).toEqual({})
})

it('what is done to golden cannot change production’s database, which is on another server', async () => {
  await using project = await copySmallProject()
  await project.write('sql/golden/experiments.sql', "ALTER DATABASE library SET work_mem = '1MB';\n")
  await using rehearsal = await OpenRehearsal.open(project)
  const evidence = await rehearsal.reach('golden-backup')
  expect(evidence.verdict).toBe('unknown')
  expect(stepOf(evidence, 'golden-backup').reason).toMatch(
    /database "library" does not exist \(SQLSTATE 3D000\)/,
  )
})

it('and where production’s clients write meanwhile', async () => {
  await using project = await copyHostile()
  await project.edit('rehearsal.config.ts', "    activity: 'quiet',\n", '')
  await using rehearsal = await OpenRehearsal.open(project)
  await rehearsal.reach('baseline')
  await load(rehearsal.socketPath, 'library', 'UPDATE books SET title = title WHERE id = 1;\n')
  const evidence = await rehearsal.reach('golden-backup', 'isolation')
  expect(met(evidence)).toEqual(refusals)
  expect(notPerformed(evidence)).toEqual([])
  expect(evidence.certificate?.exit).toMatchObject({ activity: { state: 'live' }, left: [] })
  expect(problemsOf(evidence)).toEqual({})
})
