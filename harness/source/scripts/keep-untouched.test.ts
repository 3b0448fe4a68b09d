import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../../tests/support/server.ts'
import type { Connection } from '../../postgres/connection.ts'
import { openSession, quoteIdentifier, type Session } from '../../postgres/session.ts'
import { keepUntouched } from './keep-untouched.ts'

let server: TestServer
let database: Connection
let session: Session

beforeAll(async () => {
  server = await startTestServer()
  database = await server.makeDatabase()
  session = await openSession(database)
  await session.rows('CREATE TABLE parcel (id int); CREATE SEQUENCE numbers; SELECT lo_create(4711)')
})
afterAll(async () => {
  await session[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

const doing = (statement: string) =>
  keepUntouched(database, { owner: database.user, beside: 'golden' }, async () => {
    await session.rows(statement)
  })

it.each([
  ['rows of parcel', 'INSERT INTO parcel VALUES (1)'],
  ['sequence numbers', "SELECT nextval('numbers')"],
  ['large object 4711', "SELECT lo_put(4711, 0, 'x')"],
  ['table public.parcel', "COMMENT ON TABLE parcel IS 'sent'"],
])('names %s where it was changed', async (name, statement) => {
  await expect(doing(statement)).rejects.toMatchObject({
    code: 'CLUSTER_FAILED',
    message: expect.stringContaining(name) as string,
  })
})

it('names the settings of the database where they were changed', async () => {
  const setting = `ALTER DATABASE ${quoteIdentifier(database.database)} SET work_mem = '1MB'`
  await expect(doing(setting)).rejects.toThrow(`settings all roles in database ${database.database}`)
})

it('lets the owner change nothing of the database itself meanwhile, and be its owner again', async () => {
  await session.rows(
    `CREATE ROLE shipper; ALTER DATABASE ${quoteIdentifier(database.database)} OWNER TO shipper`,
  )
  const asShipper = `SET ROLE shipper; ALTER DATABASE ${quoteIdentifier(database.database)} SET work_mem = '2MB'`
  const trying = keepUntouched(database, { owner: 'shipper', beside: 'golden' }, async () => {
    await session.rows(asShipper)
  })
  await expect(trying).rejects.toThrow('must be owner of database')
  await session.rows('RESET ROLE')
})

const roles = () =>
  session.rows(
    `SELECT rolname AS name, rolcanlogin AS login FROM pg_roles WHERE rolname IN ('porter', 'guide')`,
  )

it('sets back what is of all databases, so that production does not get it from the golden clone', async () => {
  await session.rows('CREATE ROLE porter LOGIN')
  const changes = `ALTER ROLE porter NOLOGIN; ALTER ROLE porter SET work_mem = '1MB'; CREATE ROLE guide; GRANT guide TO porter`
  expect(await doing(changes)).toEqual([])
  expect(await roles()).toEqual([{ name: 'porter', login: true }])
  expect(await session.rows("SELECT rolconfig FROM pg_roles WHERE rolname = 'porter'")).toEqual([
    { rolconfig: null },
  ])
})

it('gives the new database up where that needs what it has made for all', async () => {
  const needed = await keepUntouched(database, { owner: database.user, beside: 'golden' }, async () => {
    await session.rows('CREATE ROLE guide')
    await session.rows('CREATE DATABASE golden')
    await using golden = await openSession({ ...database, database: 'golden' })
    await golden.rows('CREATE TABLE tours (); GRANT SELECT ON tours TO guide')
  })
  expect(needed).toEqual([
    'the cluster could not be set back: role guide is in it now only',
    expect.stringMatching(/DROP ROLE guide: role "guide" cannot be dropped/),
  ])
  expect(await roles()).toEqual([{ name: 'porter', login: true }])
  expect(await session.rows("SELECT 1 FROM pg_database WHERE datname = 'golden'")).toEqual([])
})

it('lets be what wrote nothing', async () => {
  await expect(doing('SELECT count(*) FROM parcel')).resolves.toEqual([])
})
