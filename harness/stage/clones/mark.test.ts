import { afterAll, beforeAll, expect, it } from 'vitest'
import { query, startTestServer, type TestServer } from '../../../tests/support/server.ts'
import { openSession } from '../../postgres/session.ts'
import { dropOwnDatabase, markCluster } from './mark.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

it('drops a database only in a cluster that bears the mark of a run', async () => {
  const connection = await server.makeDatabase()
  await using session = await openSession({ ...connection, database: 'postgres' })
  await expect(dropOwnDatabase(session, connection.database)).rejects.toThrow(
    `"${connection.database}" is not dropped: no rehearsal made its cluster`,
  )
  expect(await query(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await markCluster(session, '/tmp/run')
  await dropOwnDatabase(session, connection.database)
  await expect(query(connection, 'SELECT 1')).rejects.toThrow('could not connect')
})
