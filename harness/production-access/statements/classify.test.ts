import { loadModule } from 'libpg-query'
import { beforeAll, describe, expect, it } from 'vitest'
import { pinnedSettings } from '../../postgres/pinned-settings.ts'
import { classify } from './classify.ts'

beforeAll(() => loadModule())

describe('a statement that may be sent', () => {
  it.each([
    ['SELECT count(*) FROM loans', ['reading']],
    ['WITH late AS (SELECT id FROM loans WHERE days > 28) SELECT count(*) FROM late', ['reading']],
    ['VALUES (1), (2)', ['reading']],
    ["SELECT 'INSERT INTO loans' AS \"DELETE\" -- nextval('x')", ['reading']],
    ["SELECT lo_get(4711), currval('tickets'), pg_get_viewdef('v'::regclass)", ['reading']],
    ["SELECT set_config('timezone', 'UTC', true)", ['reading']],
    ['BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY', ['transaction']],
    ["SET TRANSACTION SNAPSHOT '00000003-1'", ['transaction']],
    ['ROLLBACK TO SAVEPOINT view; RELEASE SAVEPOINT view', ['transaction', 'transaction']],
    ['SET search_path = pg_catalog', ['setting']],
    ['RESET search_path', ['setting']],
    ['SET enable_indexonlyscan = off', ['setting']],
    ['SHOW server_version', ['setting']],
    [pinnedSettings, Array(11).fill('setting')],
  ])('%s', (text, kinds) => {
    expect(classify(text)).toMatchObject({ kinds, fault: null, own: null })
  })

  it('is the harness’s own where it exports a snapshot, or sets what a parameter names', () => {
    expect(classify('SELECT pg_export_snapshot() AS id').own).toBe('it exports a snapshot')
    expect(classify('SELECT pg_catalog.set_config($1, $2, true)').own).toBe(
      'it sets a setting that a parameter names',
    )
  })
})

describe('a statement that may not be sent', () => {
  it.each([
    ['INSERT INTO loans VALUES (1)', 'it is no SELECT, but INSERT'],
    ['CREATE TABLE t AS SELECT 1', 'it is no SELECT, but CREATE TABLE AS'],
    ['EXPLAIN ANALYZE DELETE FROM loans', 'it is no SELECT, but EXPLAIN'],
    ['COPY loans TO PROGRAM $$cat$$', 'it is no SELECT, but COPY'],
    ['DO $$ BEGIN END $$', 'it is no SELECT, but DO'],
    ['CALL close_offers()', 'it is no SELECT, but CALL'],
    ['LISTEN loans', 'it is no SELECT, but LISTEN'],
    ['SELECT 1; DELETE FROM loans', 'it is no SELECT, but DELETE'],
    ['WITH gone AS (DELETE FROM loans RETURNING id) SELECT count(*) FROM gone', 'it contains a DELETE'],
    ['SELECT (WITH x AS (UPDATE loans SET days = 1 RETURNING 1) SELECT 1)', 'it contains an UPDATE'],
    ['SELECT 1 INTO kept', 'it is a SELECT INTO, which makes a table'],
    ['SELECT id FROM loans FOR UPDATE', 'it locks rows (FOR UPDATE or FOR SHARE)'],
    ['SELECT id FROM (SELECT id FROM loans FOR SHARE) AS l', 'it locks rows (FOR UPDATE or FOR SHARE)'],
    ["SELECT nextval('tickets')", 'it calls nextval, which moves a sequence'],
    ['SELECT pg_catalog."setval"(\'tickets\', 1)', 'it calls setval, which moves a sequence'],
    ['SELECT coalesce((SELECT lo_create(0)), 0)', 'it calls lo_create, which creates large objects'],
    ["SELECT pg_read_file('PG_VERSION')", 'it calls pg_read_file, which reads files of the server'],
    ['SELECT * FROM pg_ls_waldir()', 'it calls pg_ls_waldir, which lists files of the server'],
    [
      "SELECT pg_create_physical_replication_slot('s')",
      'it calls pg_create_physical_replication_slot, which creates or drops replication slots',
    ],
    ["SELECT pg_logical_slot_get_changes('s', NULL, NULL)", /advances a replication slot$/],
    ["SELECT pg_logical_emit_message(true, 'a', 'b')", /writes into the write-ahead log$/],
    ["SELECT * FROM dblink('host=x', 'SELECT 1') AS t(a int)", /dblink, which reaches other servers$/],
    ["SELECT net.http_get('http://x')", 'it calls http_get, which reaches other servers'],
    [
      'SELECT pg_terminate_backend(1)',
      'it calls pg_terminate_backend, which ends other sessions or their queries',
    ],
    ['SELECT pg_reload_conf()', 'it calls pg_reload_conf, which acts on the server'],
    ['SELECT pg_advisory_lock(1)', /holds a lock that others may wait for$/],
    ['SELECT txid_current()', 'it calls txid_current, which takes a transaction id'],
    ["SELECT query_to_xml('SELECT 1', true, true, '')", /executes a text that cannot be checked here$/],
    ["SELECT set_config('timezone', 'UTC', false)", /for the whole session, not for its transaction$/],
    ["SELECT set_config('role', 'postgres', true)", 'it calls set_config for role'],
    ["SELECT set_config('timezone' || x, 'off', true)", 'it calls set_config for what it computes'],
    ["SELECT set_config('timezone', 'UTC', NOT true)", /for the whole session, not for its transaction$/],
    ["SELECT set_config('timezone', 'UTC', $1)", /for the whole session, not for its transaction$/],
    ['BEGIN', 'it begins a transaction that is not READ ONLY'],
    ['BEGIN TRANSACTION READ WRITE', 'it begins a transaction that is not READ ONLY'],
    ['BEGIN READ ONLY, READ WRITE', 'it begins a transaction that is not READ ONLY'],
    ['SET TRANSACTION READ WRITE', 'it sets TRANSACTION'],
    ['SET default_transaction_read_only = off', 'it sets default_transaction_read_only'],
    ['SET ROLE postgres', 'it sets role'],
    ['SET SESSION AUTHORIZATION postgres', 'it sets session_authorization'],
    ['RESET ALL', 'it sets everything back'],
    ["PREPARE TRANSACTION 'x'", 'it is PREPARE'],
    ['SELEKT 1', /^it cannot be parsed: syntax error/],
    [' -- nothing', 'it contains no statement'],
  ])('%s', (text, fault) => {
    const classified = classify(text)
    expect(classified.kinds).toEqual([])
    expect(classified.fault).toMatch(fault)
  })
})
