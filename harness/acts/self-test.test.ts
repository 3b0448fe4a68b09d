import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Cleanup } from '../process/cleanup.ts'
import { findPostgresInstallations } from '../cluster/find-binaries.mjs'
import { makeRunDirectory } from '../cluster/run-directory.ts'
import { startTestServer, type TestServer } from '../../tests/support/server.ts'
import { cloneServer } from '../host/clone-server.ts'
import { startEmptyServer } from '../host/local.ts'
import type { World } from '../stage/world.ts'
import { faults, ownChecks, performSelfTest } from './self-test.ts'

let server: TestServer
const cleanup = new Cleanup()
let world: World

beforeAll(async () => {
  server = await startTestServer()
  const directory = cleanup.own('the directory of the run', await makeRunDirectory())
  const reader = await server.makeDatabase()
  const made = {
    root: directory.path,
    runDirectory: join(directory.path),
    installation: findPostgresInstallations()[0]!,
    cleanup,
    signal: new AbortController().signal,
    config: { production: { owner: 'librarian' }, clone: { database: 'library_rehearsal' }, release: {} },
    production: { reader },
  } as unknown as World
  made.emptyServer = cleanup.ownStarting('the server of the clone', startEmptyServer(made, reader.host))
  const own = await cloneServer(made)
  world = { ...made, clone: { server: own } as unknown as NonNullable<World['clone']> }
})
afterAll(async () => {
  await cleanup[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

afterEach(() => world.clone!.server.databases.dropDue())

describe('the controls', () => {
  it('find each fault by the checks as they are', async () => {
    const { status, facts } = await performSelfTest(world)
    expect(status).toBe('performed')
    expect(facts?.['found']).toEqual(expect.arrayContaining(Object.keys(faults)))
  })

  it.each([
    ['an effect that is never told', { effect: () => [] }, Object.keys(faults).join('; ')],
    ['an effect that is always told', { effect: () => ['something'] }, 'an empty release'],
    ['a second run that is let in unseen', { refusal: () => Promise.resolve([]) }, 'a second run let in'],
    ['a rollback that is never judged', { rollback: () => Promise.resolve([]) }, 'a rollback of nothing'],
  ])('throw for %s', async (_what, broken, silent) => {
    await expect(performSelfTest(world, { ...ownChecks, ...broken })).rejects.toThrow(silent)
  })
})
