import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../tests/support/server.ts'
import type { Connection } from '../postgres/connection.ts'
import { openSession, quoteIdentifier, type Session } from '../postgres/session.ts'
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
  keepUntouched(database, database.user, async () => {
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

it('names the settings of the database where they were changed, and not what others of the cluster got', async () => {
  await doing('CREATE ROLE porter')
  const setting = `ALTER DATABASE ${quoteIdentifier(database.database)} SET work_mem = '1MB'`
  await expect(doing(setting)).rejects.toThrow(`settings all roles in database ${database.database}`)
})

it('lets the owner change nothing of the database itself meanwhile, and be its owner again', async () => {
  await session.rows(
    `CREATE ROLE shipper; ALTER DATABASE ${quoteIdentifier(database.database)} OWNER TO shipper`,
  )
  const asShipper = `SET ROLE shipper; ALTER DATABASE ${quoteIdentifier(database.database)} SET work_mem = '2MB'`
  const trying = keepUntouched(database, 'shipper', async () => {
    await session.rows(asShipper)
  })
  await expect(trying).rejects.toThrow('must be owner of database')
  await session.rows('RESET ROLE')
})

it('lets be what wrote nothing', async () => {
  await expect(doing('SELECT count(*) FROM parcel')).resolves.toBeUndefined()
})
