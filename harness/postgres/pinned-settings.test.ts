import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../tests/support/server.ts'
import { withPinnedSettings } from '../fingerprint/catalog/pin-settings.ts'
import { pinnedSettings, pinnedValues } from './pinned-settings.ts'
import { openSession, type Session } from './session.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

async function read(session: Session): Promise<Record<string, unknown>> {
  const [row] = await session.rows(
    `SELECT ${Object.keys(pinnedValues)
      .map((name) => `current_setting('${name}') AS "${name}"`)
      .join(', ')}`,
  )
  return { ...row }
}

it('hold for content and for catalogs alike, and for their transaction only', async () => {
  await using session = await openSession(await server.makeDatabase())
  await session.rows("SET TimeZone = 'Asia/Tokyo'; SET xmlbinary = hex")
  const before = await read(session)
  await session.rows(`BEGIN; ${pinnedSettings}`)
  expect(await read(session)).toEqual(pinnedValues)
  await session.rows('ROLLBACK; BEGIN')
  expect(await withPinnedSettings(session, () => read(session))).toEqual(pinnedValues)
  expect(await read(session)).toEqual(before)
})
