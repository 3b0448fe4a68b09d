import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Cleanup } from '../process/cleanup.ts'
import { initialiseCluster, makePassword, startCluster } from '../cluster/cluster.ts'
import { findPostgresInstallations } from '../cluster/find-binaries.mjs'
import { findProcesses } from '../process/find-processes.ts'
import { makeRunDirectory } from '../cluster/run-directory.ts'
import { runProgram } from '../process/run-program.ts'
import { openSession, type Session } from '../postgres/session.ts'
import { findConfinement, type Confinement } from './confinement.ts'

const cleanup = new Cleanup()
let secret: string
let confinement: Confinement

beforeAll(async () => {
  secret = await mkdtemp(join(tmpdir(), 'confined-secret-'))
  cleanup.defer('the secret', () => rm(secret, { recursive: true }))
  await writeFile(join(secret, 'production'), 'reached')
  confinement = cleanup.own('the confinement', await findConfinement([secret, join(secret, 'is-not-there')]))
})
afterAll(() => cleanup[Symbol.asyncDispose]())

/** What a shell prints that runs as a client. */
async function within(script: string, within = confinement): Promise<string> {
  const { program, args, ...account } = within.client({ program: 'sh', args: ['-c', script] }, '/')
  return (await runProgram(program, args, account)).trim()
}

describe('a confined client', () => {
  it('finds the hidden directory empty, which is as it was outside', async () => {
    expect(confinement).toMatchObject({ unavailable: null })
    expect(await within(`ls -A ${secret}`)).toBe('')
    expect(await readdir(secret)).toEqual(['production'])
  })

  it('cannot take the cover away', async () => {
    expect(
      await within(`umount ${secret} 2>&1 || nsenter --target 1 --mount true 2>&1 || echo refused`),
    ).toMatch(/refused$/)
  })

  it('has no network but an empty one', async () => {
    expect(await within('cut -d: -f1 -s /proc/net/dev')).toBe('lo')
    expect(await within('cat /sys/class/net/lo/operstate 2>/dev/null || echo down')).not.toBe('up')
  })

  it('cannot write to a file, nor make the file systems writable again', async () => {
    const files = [join(secret, '..', 'left'), join(process.cwd(), 'left'), '/dev/shm/left', '/var/tmp/left']
    for (const file of files) {
      const tries = `touch ${file} 2>&1; mount -o remount,bind,rw / 2>&1; touch ${file} 2>&1; ls ${file} 2>&1`
      const told = await within(`${tries} || true`)
      expect(told.match(/Read-only file system/g)).toHaveLength(2)
      expect(told).toContain('No such file')
    }
    expect(await within('echo told > /dev/null && echo written')).toBe('written')
  })

  it('starts in the directory that is given, and can write to none by a path from there', async () => {
    const { program, args } = confinement.client(
      { program: 'sh', args: ['-c', 'pwd; touch left 2>&1; ls'] },
      tmpdir(),
    )
    const printed = await runProgram(program, args)
    expect(printed).toMatch(new RegExp(`^${tmpdir()}\ntouch: .*Read-only file system\n`))
    expect(printed.split('\n')).not.toContain('left')
  })

  it('shares its namespaces with the next one, which stands where nothing of them was changed', async () => {
    const own = 'readlink /proc/self/ns/mnt /proc/self/ns/net'
    expect(await within(own)).toBe(await within(own))
    await within('mount -t tmpfs none /mnt 2>&1; umount -l / 2>&1; true')
    expect(await within(`ls -A ${secret}`)).toBe('')
  })

  it('has no namespaces any more where what keeps them has ended', async () => {
    const other = await findConfinement([secret])
    await other[Symbol.asyncDispose]()
    await expect(within('true', other)).rejects.toThrow('keeps the namespaces of psql has ended')
  })

  it('may write where a release is allowed to, and finds the hidden directory empty all the same', async () => {
    await using writing = await findConfinement([secret], { clientsWrite: true })
    const file = join(secret, '..', `confined-written-${process.pid}`)
    cleanup.defer('the file', () => rm(file, { force: true }))
    expect(await within(`echo kept > ${file}; ls -A ${secret}; cat ${file}`, writing)).toBe('kept')
  })
})

describe('a confined server', () => {
  it('serves whoever has its socket, sees neither the directory nor a process of others, and ends when told', async () => {
    const run = cleanup.own('the run directory', await makeRunDirectory())
    const directory = join(run.path, 'server')
    const password = makePassword()
    const installation = findPostgresInstallations()[0]!
    await initialiseCluster(installation, directory, password)
    await using cluster = await startCluster(installation, directory, password, {
      confine: confinement.server,
    })
    await using session = await openSession(cluster.superuser)
    const printedBy = (command: string) => shell(session, command)
    expect(await printedBy(`ls -A ${secret}`)).toEqual([])
    expect(await printedBy('cut -d: -f1 -s /proc/net/dev')).toEqual([expect.stringMatching(/^ *lo$/)])
    expect(await printedBy(`ls -d /proc/${process.pid} 2>&1 || true`)).toEqual([
      expect.stringContaining('No such file'),
    ])
    expect((await findProcesses(run.path)).length).toBeGreaterThan(2)
    await cluster.stop()
    expect(await findProcesses(run.path)).toEqual([])
  })
})

/** What a program prints that the server starts for its superuser. */
async function shell(session: Session, command: string): Promise<unknown[]> {
  await session.rows('CREATE TEMP TABLE IF NOT EXISTS printed (line text)')
  await session.rows('TRUNCATE printed')
  await session.rows(`COPY printed FROM PROGRAM '${command}'`)
  return (await session.rows('SELECT line FROM printed')).map(({ line }) => line)
}
