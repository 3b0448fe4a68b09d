import { access, readdir, readFile, readlink, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Cleanup } from '../process/cleanup.ts'
import { openSession, sqlstateOf } from '../postgres/session.ts'
import { initialiseCluster, makePassword, startCluster, type Cluster } from './cluster.ts'
import { findPostgresInstallations } from './find-binaries.mjs'
import { processIdentity } from '../process/process-identity.ts'
import { makeRunDirectory } from './run-directory.ts'

const installation = findPostgresInstallations()[0]!
const cleanup = new Cleanup()
const password = makePassword()
let directory: string
let cluster: Cluster
let pid: number

beforeAll(async () => {
  const run = cleanup.own('the run directory', await makeRunDirectory())
  directory = join(run.path, 'server')
  await initialiseCluster(installation, directory, password)
  cluster = cleanup.own('the server', await startCluster(installation, directory, password))
  pid = Number.parseInt(await readFile(join(directory, 'data/postmaster.pid'), 'utf8'), 10)
})
afterAll(() => cleanup[Symbol.asyncDispose]())

describe('a throw-away cluster', () => {
  it('runs as an account without privileges', async () => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    const uids = /^Uid:\s+(.*)$/m.exec(status)![1]!.split('\t')
    expect(uids).not.toContain('0')
  })

  it('knows nothing of who started it, and no server that its foreign servers could take by default', async () => {
    const environment = (await readFile(`/proc/${pid}/environ`, 'utf8'))
      .split('\0')
      .filter((line) => line !== '')
    const names = environment.map((line) => line.slice(0, line.indexOf('=')))
    const own = ['LC_ALL', 'HOME', 'PGHOST', 'PGPASSFILE', 'PGSERVICEFILE', 'PGSYSCONFDIR']
    expect(names).toEqual(expect.arrayContaining(own))
    expect(environment).toEqual(expect.arrayContaining(['HOME=/dev/null', 'PGHOST=/dev/null']))
    expect(Object.keys(process.env)).toContain('VITEST')
    expect(names.filter((name) => !/^(PATH|TMPDIR|TZ|(LD|DYLD)_LIBRARY_PATH)$/.test(name)).sort()).toEqual(
      own.sort(),
    )
  })

  it('lets nobody in without the password, whoever they are', async () => {
    expect(await ruleMethods()).toEqual(['scram-sha-256'])
    await expect(openSession({ ...cluster.superuser, password: 'wrong' })).rejects.toSatisfy(
      (error) => sqlstateOf(error) === '28P01',
    )
    await expect(openSession({ ...cluster.superuser, password: '' })).rejects.toMatchObject({
      code: 'QUERY_FAILED',
      message: 'could not connect to database "postgres" as "postgres"',
    })
    expect(await readdir(directory)).not.toContain('password')
  })

  it('listens on no port, but on a socket in its private directory', async () => {
    const sockets = await socketsOf(pid)
    const ports = await Promise.all(['tcp', 'tcp6'].map((kind) => readFile(`/proc/net/${kind}`, 'utf8')))
    const inodes = ports.flatMap((text) => text.split('\n').map((line) => line.trim().split(/\s+/)[9]))
    expect(sockets.length).toBeGreaterThan(0)
    expect(sockets.filter((inode) => inodes.includes(inode))).toEqual([])
    for (const path of [directory, join(directory, 'data'), join(directory, '.s.PGSQL.5432')]) {
      expect(((await stat(path)).mode & 0o777).toString(8)).toBe('700')
    }
  })

  it('has checksums, and tells one thing from another by bytes alone', async () => {
    await using session = await openSession(cluster.superuser)
    expect(
      await session.rows(`
        SELECT current_setting('data_checksums') AS checksums, pg_encoding_to_char(encoding) AS encoding, datcollate
        FROM pg_database WHERE datname = current_database()`),
    ).toEqual([{ checksums: 'on', encoding: 'UTF8', datcollate: 'C' }])
  })

  it('keeps its shared memory in its directory, with which it goes where the server was killed', async () => {
    expect(await readdir(join(directory, 'data/pg_dynshmem'))).not.toEqual([])
  })

  it('keeps no WAL that is behind a checkpoint, so that a copy of it is no larger than need be', async () => {
    await using session = await openSession(cluster.superuser)
    await session.rows(`
      CREATE TABLE load AS SELECT n, repeat('x', 100) AS text FROM generate_series(1, 400000) AS n`)
    const segments = async () =>
      (await session.rows('SELECT count(*)::integer AS count FROM pg_ls_waldir()'))[0]!['count']
    expect(await segments()).toBeGreaterThan(3)
    await session.rows('CHECKPOINT')
    expect(await segments()).toBeLessThanOrEqual(2)
  })

  it('shuts down on an abort, whatever a session waits for, and its directory stays', async () => {
    const abort = new AbortController()
    const other = join(directory, '../other')
    await initialiseCluster(installation, other, password)
    await using server = await startCluster(installation, other, password, { signal: abort.signal })
    const postmaster = Number.parseInt(await readFile(join(other, 'data/postmaster.pid'), 'utf8'), 10)
    await using session = await openSession(server.superuser)
    const waiting = session.rows('SELECT pg_sleep(600)')
    abort.abort(new Error('enough'))
    await expect(waiting).rejects.toMatchObject({ code: 'QUERY_FAILED' })
    await server.stop()
    expect(await processIdentity(postmaster)).toBeUndefined()
    await access(join(other, 'data/PG_VERSION'))
    await expect(startCluster(installation, other, password, { signal: abort.signal })).rejects.toThrow(
      'enough',
    )
  })

  it('tells the end of its log where it does not start', async () => {
    const broken = join(directory, '../broken')
    await initialiseCluster(installation, broken, password)
    await writeFile(join(broken, 'data/PG_VERSION'), '9.6\n')
    await expect(startCluster(installation, broken, password)).rejects.toMatchObject({
      code: 'CLUSTER_FAILED',
      message: expect.stringMatching(/did not start:\n.*database files are incompatible with server/s),
    })
  })
})

async function ruleMethods(): Promise<unknown[]> {
  await using session = await openSession(cluster.superuser)
  const rows = await session.rows('SELECT DISTINCT auth_method FROM pg_hba_file_rules')
  return rows.map((row) => row['auth_method'])
}

/** Inodes of a process's sockets (proc(5), `fd`). */
async function socketsOf(process: number): Promise<string[]> {
  const names = await readdir(`/proc/${process}/fd`)
  const targets = await Promise.all(
    names.map((name) => readlink(`/proc/${process}/fd/${name}`).catch(() => '')),
  )
  return targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? [])
}
