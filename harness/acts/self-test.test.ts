import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Cleanup } from '../process/cleanup.ts'
import { findPostgresInstallations } from '../cluster/find-binaries.mjs'
import { makeRunDirectory } from '../cluster/run-directory.ts'
import { startTestServer, type TestServer } from '../../tests/support/server.ts'
import type { RunSettings } from '../source/run-settings.ts'
import type { Host } from '../host/host.ts'
import { openLocalHost, startEmptyServer } from '../host/local.ts'
import { faults, ownChecks, testChecks } from './self-test.ts'

let server: TestServer
const cleanup = new Cleanup()
let run: RunSettings
let host: Host

beforeAll(async () => {
  server = await startTestServer()
  const directory = cleanup.own('the directory of the run', await makeRunDirectory())
  const reader = await server.makeDatabase()
  run = {
    root: directory.path,
    runDirectory: join(directory.path),
    installation: findPostgresInstallations()[0]!,
    cleanup,
    signal: new AbortController().signal,
    config: { production: { owner: 'librarian' }, clone: { database: 'library_rehearsal' }, release: {} },
  } as unknown as RunSettings
  const own = cleanup.ownStarting('the server of the clone', startEmptyServer(run, 'clone'))
  host = await openLocalHost(run, await own, reader)
})
afterAll(async () => {
  await cleanup[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

afterEach(() => host.databases.dropDue())

describe('the controls', () => {
  it('find each fault by the checks as they are', async () => {
    const { status, facts } = await testChecks(run, host)
    expect(status).toBe('performed')
    expect(facts?.['found']).toEqual(expect.arrayContaining(Object.keys(faults)))
  })

  it.each([
    ['an effect that is never told', { effect: () => [] }, Object.keys(faults).join('; ')],
    ['an effect that is always told', { effect: () => ['something'] }, 'an empty release'],
    [
      'a second run that is let in unseen',
      { refusal: () => Promise.resolve([]) },
      'a second run that is accepted',
    ],
    [
      'a rollback that is never judged',
      { rollback: () => Promise.resolve([]) },
      'a rollback that does nothing',
    ],
  ])('throw for %s', async (_what, broken, silent) => {
    await expect(testChecks(run, host, { ...ownChecks, ...broken })).rejects.toThrow(silent)
  })
})
