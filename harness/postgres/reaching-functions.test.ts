import { loadModule } from 'libpg-query'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { query, startTestServer, type TestServer } from '../../tests/support/server.ts'
import { findEscapes } from '../confinement/escapes/find-escapes.ts'
import { readRights } from '../production-access/rights/read-rights.ts'
import { readRolePowers } from '../production-access/role-powers.ts'
import { classify } from '../production-access/statements/classify.ts'
import type { Connection } from './connection.ts'
import { findReachingFunction } from './reaching-functions.ts'
import { openSession } from './session.ts'

let server: TestServer
let superuser: Connection
/** PostgreSQL's own functions that are in the list, and who may call them by default. */
let listed: { name: string; isPublic: boolean; isMonitors: boolean }[]

beforeAll(async () => {
  await loadModule()
  server = await startTestServer()
  superuser = await server.makeDatabase()
  const rows = await query(
    superuser,
    `SELECT proname AS name, has_function_privilege('public', oid, 'EXECUTE') AS is_public,
       has_function_privilege('pg_monitor', oid, 'EXECUTE') AS is_monitors
     FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f'`,
  )
  listed = rows
    .map((row) => ({
      name: String(row['name']),
      isPublic: row['is_public'] === true,
      isMonitors: row['is_monitors'] === true,
    }))
    .filter(({ name }) => findReachingFunction(name) !== undefined)
})
afterAll(() => server[Symbol.asyncDispose]())

it('says of PostgreSQL’s own functions who may call them, as the server does', () => {
  const execute = ({ isPublic, isMonitors }: (typeof listed)[number]) =>
    isPublic ? 'everybody' : isMonitors ? 'monitor' : undefined
  const stated = (name: string) =>
    findReachingFunction(name)!.execute?.replace(/^(public|checked)$/, 'everybody')
  expect(listed.length).toBeGreaterThan(100)
  expect(listed.filter((one) => stated(one.name) !== execute(one))).toEqual([])
})

it('is what no statement on production may call', () => {
  for (const { name } of listed)
    expect(classify(`SELECT ${name}()`).fault).toBe(
      `it calls ${name}, which ${findReachingFunction(name)!.does}`,
    )
})

it('is what a release is searched for, where it reaches beyond the database', () => {
  for (const { name } of listed) {
    const { reach } = findReachingFunction(name)!
    expect(findEscapes(`SELECT ${name}();`, '').map(({ way }) => way)).toEqual(
      reach === undefined ? [] : [reach],
    )
  }
})

it('is what a role is said to call, where it was granted what superusers alone may', async () => {
  await query(
    superuser,
    `CREATE ROLE desk;
     DO $$ DECLARE f text; BEGIN
       FOR f IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f' LOOP
         EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO desk', f);
       END LOOP; END $$`,
  )
  await using session = await openSession(superuser)
  const kept = listed.filter(({ name, isPublic, isMonitors }) => {
    return !isPublic && !isMonitors && findReachingFunction(name)!.reach !== undefined
  })
  expect(await readRolePowers(session, 'desk')).toEqual(
    [...new Set(kept.map(({ name }) => `call ${name}()`))].sort(),
  )
})

it('is what everybody is said to call, where nothing else restrains it', async () => {
  await query(superuser, "CREATE ROLE reader LOGIN PASSWORD 'only-for-this-test'")
  await using session = await openSession({ ...superuser, user: 'reader', password: 'only-for-this-test' })
  const { unneeded } = await readRights(session)
  const found = unneeded.flatMap(({ on }) => /^FUNCTION (\w+)/.exec(on)?.[1] ?? [])
  const open = listed.filter(({ name }) => findReachingFunction(name)!.execute === 'public')
  expect([...new Set(found)].sort()).toEqual([...new Set(open.map(({ name }) => name))].sort())
})
