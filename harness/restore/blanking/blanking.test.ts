import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { query, startTestServer, type TestServer } from '../../../tests/support/server.ts'
import { findPostgresInstallations } from '../../cluster/find-binaries.mjs'
import { createReader, readerName } from '../../production-access/reader.ts'
import type { Connection } from '../../postgres/connection.ts'
import { openSession } from '../../postgres/session.ts'
import { streamClone } from '../dump/dump-restore.ts'
import { blankDatabase, type Blanking } from './blanking.ts'

const installation = findPostgresInstallations()[0]!
const password = 'only-for-this-test'
let server: TestServer
let reader: Connection

beforeAll(async () => {
  server = await startTestServer()
  const first = await server.makeDatabase()
  await using session = await openSession(first)
  await createReader(session, password)
  reader = { ...first, user: readerName, password }
})
afterAll(() => server[Symbol.asyncDispose]())

/** Restores a source made by the SQL, as its superuser dumps it or as the reader does, and seals what was restored. */
async function restoreBlanked(
  sql: string,
  by: 'superuser' | 'reader' = 'superuser',
): Promise<{ blanking: Blanking; source: Connection; clone: Connection }> {
  const [source, clone] = [await server.makeDatabase(), await server.makeDatabase()]
  await query(source, sql)
  const dumped = by === 'superuser' ? source : { ...reader, database: source.database }
  await streamClone({ installation, source: dumped, target: clone })
  return { blanking: await blankDatabase(dumped, clone), source, clone }
}

const subscribed = `CREATE SUBSCRIPTION news CONNECTION 'host=far.example dbname=library' PUBLICATION p
  WITH (connect = false, slot_name = 'precious')`

describe('subscriptions', () => {
  const names = `SELECT subname FROM pg_subscription
    WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())`

  it('are gone from the clone, without a word to the publisher, and stay in the source', async () => {
    const { blanking, source, clone } = await restoreBlanked(subscribed)
    expect(blanking.blanked).toEqual(['subscription news: left out, its slot untouched'])
    expect(await query(clone, names)).toEqual([])
    expect(await query(source, names)).toEqual([{ subname: 'news' }])
  })

  it('are told also where the dump has left them out, as it does for a role that is no superuser', async () => {
    const { blanking, clone } = await restoreBlanked(subscribed, 'reader')
    expect(blanking.blanked).toEqual(['subscription news: left out, its slot untouched'])
    expect(await query(clone, names)).toEqual([])
  })
})

describe('foreign servers and user mappings', () => {
  const far = `
    CREATE EXTENSION postgres_fdw;
    CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'far.example', dbname 'library', port '5432');
    CREATE SERVER bare FOREIGN DATA WRAPPER postgres_fdw;
    CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS (user 'u', password 'planted-password');
    CREATE USER MAPPING FOR CURRENT_USER SERVER far OPTIONS (user 'u', password 'planted-password', password_required 'false');
    CREATE FOREIGN TABLE books (id integer) SERVER far OPTIONS (table_name 'books')`

  it('stay, and lead nowhere', async () => {
    const { blanking, clone } = await restoreBlanked(far)
    expect(blanking.blanked).toEqual([
      'server far: without its options dbname, host, port',
      'user mapping PUBLIC on far: without its options',
      'user mapping postgres on far: without its options',
    ])
    expect(await query(clone, 'SELECT srvname, srvoptions FROM pg_foreign_server ORDER BY srvname')).toEqual([
      { srvname: 'bare', srvoptions: null },
      { srvname: 'far', srvoptions: null },
    ])
    expect(await query(clone, 'SELECT DISTINCT umoptions FROM pg_user_mapping')).toEqual([
      { umoptions: null },
    ])
    expect(await query(clone, 'SELECT ftoptions::text AS options FROM pg_foreign_table')).toEqual([
      { options: '{table_name=books}' },
    ])
    await expect(query(clone, 'SELECT * FROM books')).rejects.toThrow('could not connect to server "far"')
  })

  it('of a dump without the mappings’ options are told, too', async () => {
    const { blanking } = await restoreBlanked(far.replaceAll('CURRENT_USER', readerName), 'reader')
    expect(blanking.blanked).toContain('user mapping PUBLIC on far: without its options')
  })

  it('lose files and programs of the server, whatever the wrapper wants to keep', async () => {
    const { blanking, clone } = await restoreBlanked(`
      CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
      CREATE FOREIGN TABLE passwords (line text) SERVER files OPTIONS (filename '/etc/passwd', format 'text');
      CREATE FOREIGN TABLE output (line text) SERVER files OPTIONS (program 'echo 1')`)
    expect(blanking.blanked).toEqual([
      'foreign table public.output: without its options program',
      'foreign table public.passwords: without its options filename',
    ])
    await expect(query(clone, 'SELECT * FROM output')).rejects.toThrow()
    await expect(query(clone, 'SELECT * FROM passwords')).rejects.toThrow()
  })
})

// Tables made by hand, with the names and columns of the extensions', which are not installed everywhere.
describe('jobs', () => {
  const jobs = `
    CREATE SCHEMA cron; CREATE SCHEMA pgagent; CREATE SCHEMA _timescaledb_config;
    CREATE TABLE cron.job (jobid bigint PRIMARY KEY, schedule text, command text, active boolean NOT NULL DEFAULT true);
    INSERT INTO cron.job VALUES (1, '* * * * *', 'DELETE FROM loans', true), (2, '5 * * * *', 'VACUUM', true), (3, '0 1 * * *', 'x', false);
    CREATE TABLE pgagent.pga_job (jobid integer PRIMARY KEY, jobname text, jobenabled boolean);
    INSERT INTO pgagent.pga_job VALUES (1, 'nightly', true), (2, 'never', NULL);
    CREATE TABLE _timescaledb_config.bgw_job (id integer PRIMARY KEY, proc_name name, scheduled boolean);
    INSERT INTO _timescaledb_config.bgw_job VALUES (1000, 'policy_retention', true)`

  it('are switched off where they ran, and told by table', async () => {
    const { blanking, clone } = await restoreBlanked(jobs)
    expect(blanking).toEqual({
      blanked: [
        'cron.job: 2 jobs switched off (active)',
        'pgagent.pga_job: 1 job switched off (jobenabled)',
        '_timescaledb_config.bgw_job: 1 job switched off (scheduled)',
      ],
      columns: ['cron.job.active', 'pgagent.pga_job.jobenabled', '_timescaledb_config.bgw_job.scheduled'],
    })
    expect(await query(clone, 'SELECT jobid, active FROM cron.job ORDER BY jobid')).toEqual([
      { jobid: '1', active: false },
      { jobid: '2', active: false },
      { jobid: '3', active: false },
    ])
    expect(await query(clone, 'SELECT jobid, jobenabled FROM pgagent.pga_job ORDER BY jobid')).toEqual([
      { jobid: 1, jobenabled: false },
      { jobid: 2, jobenabled: null },
    ])
  })

  it('are left alone in a table that only has the name', async () => {
    const { blanking } = await restoreBlanked(
      `CREATE SCHEMA cron; CREATE TABLE cron.job (id integer, active text); INSERT INTO cron.job VALUES (1, 'yes')`,
    )
    expect(blanking).toEqual({ blanked: [], columns: [] })
  })
})

describe('webhooks', () => {
  it('are named, and stay', async () => {
    const { blanking, clone } = await restoreBlanked(`
      CREATE EXTENSION dblink;
      CREATE SCHEMA supabase_functions; CREATE TABLE loans (id integer); CREATE TABLE fines (id integer);
      CREATE FUNCTION supabase_functions.http_request() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
      CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM net.http_post(url := ''https://far.example''); RETURN NULL; END';
      CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER hook AFTER INSERT ON loans FOR EACH ROW EXECUTE FUNCTION supabase_functions.http_request('x');
      CREATE TRIGGER tell AFTER INSERT ON fines FOR EACH ROW EXECUTE FUNCTION tell();
      CREATE TRIGGER keep BEFORE INSERT ON fines FOR EACH ROW EXECUTE FUNCTION keep()`)
    expect(blanking.blanked).toEqual([
      'extension dblink: remains; its functions call other servers',
      'trigger hook on public.loans: remains; supabase_functions.http_request() calls another server',
      'trigger tell on public.fines: remains; public.tell() calls another server',
    ])
    expect(await query(clone, 'SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal')).toEqual([
      { count: '3' },
    ])
  })
})

it('fires no trigger of the database, of either kind', async () => {
  const { blanking, clone } = await restoreBlanked(`
    ${subscribed};
    CREATE TABLE fired (what text);
    CREATE SCHEMA cron; CREATE TABLE cron.job (jobid integer, active boolean); INSERT INTO cron.job VALUES (1, true);
    CREATE FUNCTION fire() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO public.fired VALUES (TG_OP); RETURN NEW; END';
    CREATE TRIGGER fire AFTER UPDATE ON cron.job FOR EACH ROW EXECUTE FUNCTION fire();
    CREATE FUNCTION fire_event() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO public.fired VALUES (TG_TAG); END';
    CREATE EVENT TRIGGER fire_event ON ddl_command_end EXECUTE FUNCTION fire_event()`)
  expect(blanking.columns).toEqual(['cron.job.active'])
  expect(await query(clone, `SELECT what FROM fired WHERE what ~ 'SUBSCRIPTION|UPDATE'`)).toEqual([])
})

it('finds nothing in a database that has nothing of the kind', async () => {
  const { blanking } = await restoreBlanked('CREATE TABLE books (id integer)', 'reader')
  expect(blanking).toEqual({ blanked: [], columns: [] })
})
