import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { query, startTestServer, writeFiles, type TestServer } from '../../../tests/support/server.ts'
import { findPostgresInstallations } from '../../cluster/find-binaries.mjs'
import type { Connection } from '../../postgres/connection.ts'
import { openSession } from '../../postgres/session.ts'
import { dumpToFile, restoreFromFile, streamClone } from './dump-restore.ts'

const installation = findPostgresInstallations()[0]!
let server: TestServer
let source: Connection

beforeAll(async () => {
  server = await startTestServer()
  source = await server.makeDatabase()
  await query(
    source,
    `CREATE TABLE books (id integer PRIMARY KEY, title text);
     INSERT INTO books SELECT n, repeat('x', 200) FROM generate_series(1, 20000) AS n;
     CREATE SEQUENCE tickets START 7; SELECT nextval('tickets')`,
  )
})
afterAll(() => server[Symbol.asyncDispose]())

describe('a streamed clone', () => {
  it('holds every row and the position of every sequence', async () => {
    const target = await server.makeDatabase()
    await streamClone({ installation, source, target })
    expect(await content(target)).toEqual(await content(source))
  })

  it("fails with pg_dump's own message where production's side fails", async () => {
    const target = await server.makeDatabase()
    await expect(
      streamClone({ installation, source: { ...source, database: 'nowhere' }, target }),
    ).rejects.toMatchObject({
      code: 'CLONE_FAILED',
      message: expect.stringMatching(/^pg_dump failed \(exit 1\): .*database "nowhere" does not exist$/s),
    })
  })

  it("fails with psql's own message where the clone's side fails", async () => {
    const target = await server.makeDatabase()
    await query(target, 'CREATE TABLE books ()')
    await expect(streamClone({ installation, source, target })).rejects.toMatchObject({
      code: 'CLONE_FAILED',
      message: expect.stringMatching(/^psql failed \(exit 3\): .*relation "books" already exists$/s),
    })
  })

  it('fails on either side where neither can be reached, with the message of one', async () => {
    const nowhere = { ...source, database: 'nowhere' }
    await expect(streamClone({ installation, source: nowhere, target: nowhere })).rejects.toMatchObject({
      code: 'CLONE_FAILED',
      message: expect.stringContaining('database "nowhere" does not exist'),
    })
  })

  it('tells which program can not be started', async () => {
    const target = await server.makeDatabase()
    const missing = { ...installation, directory: dirname(import.meta.dirname) }
    await expect(streamClone({ installation: missing, source, target })).rejects.toMatchObject({
      code: 'CLONE_FAILED',
      message: expect.stringContaining('pg_dump could not be started'),
    })
  })

  it('ends both sides on an abort', async () => {
    const target = await server.makeDatabase()
    await using locked = await lockBooks()
    const abort = new AbortController()
    const streaming = streamClone({ installation, source, target, signal: abort.signal })
    await locked.untilWaitedFor()
    abort.abort(new Error('enough'))
    await expect(streaming).rejects.toThrow('enough')
  })
})

describe('a dump', () => {
  it('restores to what it was made of, and stops at the first thing that is in its way', async () => {
    await using files = await writeFiles({})
    const file = join(files.path, 'books.dump')
    await dumpToFile(installation, source, file)
    const target = await server.makeDatabase()
    await restoreFromFile(installation, file, target)
    expect(await content(target)).toEqual(await content(source))
    await expect(restoreFromFile(installation, file, target)).rejects.toMatchObject({
      message: expect.stringMatching(/^pg_restore failed \(exit 1\): .*already exists/s),
    })
  })
})

function content(connection: Connection) {
  return query(
    connection,
    'SELECT count(*), sum(id), md5(string_agg(title, NULL ORDER BY id)), (SELECT last_value FROM tickets) FROM books',
  )
}

/** Another session holds the table, so that pg_dump waits for it. */
async function lockBooks() {
  const session = await openSession(source)
  await session.rows('BEGIN')
  await session.rows('LOCK TABLE books')
  return {
    async untilWaitedFor() {
      const deadline = Date.now() + 30_000
      while ((await query(source, 'SELECT FROM pg_locks WHERE NOT granted')).length === 0) {
        if (Date.now() > deadline) throw new Error('pg_dump did not come to wait for the table')
        await pause(20)
      }
    },
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}
