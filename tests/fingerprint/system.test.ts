import { afterAll, beforeAll, expect, it } from 'vitest'
import { openReaders } from '../../harness/fingerprint/readers.ts'
import { effectBetween } from '../../harness/fingerprint/effect.ts'
import { takeReading } from '../../harness/measure/reading.ts'
import { query, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const settings = { measures: {}, place: 'elsewhere' } as const

it('tells a built-in function that lost a grant, and takes over what was not written', async () => {
  const connection = await server.makeDatabase()
  await using readers = await openReaders(connection, connection)
  const first = await takeReading(readers, settings)
  const second = await takeReading(readers, { ...settings, earlier: first })
  expect(second.fingerprint.system).toBe(first.fingerprint.system)
  expect(second.fingerprint.catalog).toBe(first.fingerprint.catalog)

  // A table of one's own writes the catalogs, and is none of the system's objects.
  await query(connection, 'CREATE TABLE shelves (id integer PRIMARY KEY)')
  const third = await takeReading(readers, { ...settings, earlier: second })
  expect(third.fingerprint.catalog).not.toBe(second.fingerprint.catalog)
  // None of the system's own rows was written.
  expect(third.fingerprint.system).toBe(second.fingerprint.system)
  expect(effectBetween(second, third).objects.altered).toEqual([])

  await query(connection, 'REVOKE EXECUTE ON FUNCTION pg_catalog.lower(text) FROM PUBLIC')
  const fourth = await takeReading(readers, { ...settings, earlier: third })
  const { altered, created } = effectBetween(third, fourth).objects
  expect(altered.map(({ class: kind, identity }) => `${kind} ${identity}`)).toEqual([
    'system catalog pg_catalog.pg_proc',
  ])
  expect(
    fourth.fingerprint.system.get('system grants function pg_catalog.lower(pg_catalog.text)'),
  ).toMatchObject({
    attributes: { grants: 'postgres=X/postgres' },
  })
  expect(created).toMatchObject([
    { class: 'system grants', identity: 'function pg_catalog.lower(pg_catalog.text)' },
  ])
})
