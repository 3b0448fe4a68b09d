import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../tests/support/server.ts'
import { findPostgresInstallations } from '../cluster/find-binaries.mjs'
import type { Connection } from '../postgres/connection.ts'
import { openSession, quoteLiteral } from '../postgres/session.ts'
import { judgeAnswer, probeFromServer } from './probes.ts'

const psql = join(findPostgresInstallations()[0]!.directory, 'psql')
let server: TestServer
let target: Connection
let from: Connection

beforeAll(async () => {
  server = await startTestServer()
  target = await server.makeDatabase()
  from = await server.makeDatabase()
})
afterAll(() => server[Symbol.asyncDispose]())

async function probe(control: Connection = target) {
  await using session = await openSession(from)
  const probes = await probeFromServer(session, { psql, target, control })
  return Object.fromEntries(probes.map(({ escape, outcome, answer }) => [escape, [outcome, answer]]))
}

const ways = ['COPY … PROGRAM with psql', 'dblink', 'postgres_fdw']

describe('ways from a server to a database', () => {
  it('are refused where a password is asked for, and none is known', async () => {
    const answers = await probe()
    expect(Object.keys(answers)).toEqual(ways)
    for (const way of ways) {
      expect(answers[way]).toEqual(['refused', expect.stringMatching(/no password supplied/)])
    }
  })

  it('are told to have led there where the server trusts whoever comes', async () => {
    await using session = await openSession(target)
    const [row] = await session.rows("SELECT current_setting('hba_file') AS path")
    const path = String(row?.['path'])
    const rules = await readFile(path, 'utf8')
    await writeFile(path, `local ${target.database} all trust\n${rules}`)
    await session.rows('SELECT pg_reload_conf()')
    await expect
      .poll(() => session.rows(`SELECT FROM pg_hba_file_rules WHERE auth_method = ${quoteLiteral('trust')}`))
      .toHaveLength(1)
    expect(await probe()).toEqual(Object.fromEntries(ways.map((way) => [way, ['reached', 'connected']])))
    await writeFile(path, rules)
    await session.rows('SELECT pg_reload_conf()')
  })

  it('show nothing, and are no refusal, where they do not even lead to the control', async () => {
    await expect(probe({ ...target, host: '/nowhere' })).rejects.toThrow(
      /^COPY … PROGRAM with psql cannot even reach the clone, so the attempt shows nothing: .*No such file or directory/,
    )
  })

  it('are unclear where they fail for another reason', () => {
    expect(judgeAnswer('sh: 1: psql: not found\n')).toEqual({
      outcome: 'unclear',
      answer: 'sh: 1: psql: not found',
    })
  })
})
