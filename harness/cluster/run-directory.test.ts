import { chmod, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { serverAccount } from './account.ts'
import { keepRunDirectory, makeRunDirectory, makeServerDirectory, ownerOf } from './run-directory.ts'
import { sweep } from './sweep.ts'

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'run-directory-test-'))
  vi.stubEnv('TMPDIR', directory)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(directory, { recursive: true })
})

describe("a run's directory", () => {
  it('is private to the account of the server, and gone when disposed of', async () => {
    const account = (await serverAccount()) ?? { uid: process.getuid!(), gid: process.getgid!() }
    {
      await using run = await makeRunDirectory()
      const server = await makeServerDirectory(join(run.path, 'server'))
      for (const path of [run.path, server]) {
        expect(await stat(path)).toMatchObject(account)
        expect(((await stat(path)).mode & 0o777).toString(8)).toBe('700')
      }
    }
    expect(await readdir(directory)).toEqual([])
  })

  it('stays when it is kept, with what is named of it alone', async () => {
    let path: string
    {
      await using run = await makeRunDirectory()
      path = run.path
      for (const name of ['clone', 'source']) await makeServerDirectory(join(path, name))
      await keepRunDirectory(path, ['clone'])
    }
    expect(await readdir(path)).toEqual(['clone', 'owner.json'])
    expect(await ownerOf(path)).toBe('kept')
  })
})

describe('sweeping', () => {
  it('removes what nobody owns any more, and leaves what lives, is kept, is new, or is called otherwise', async () => {
    await using living = await makeRunDirectory()
    const dead = await leave('dead', { pid: 2 ** 22 + 1, identity: 'ticks 1' })
    const reused = await leave('reused', { pid: process.pid, identity: 'ticks 1' })
    const kept = await leave('kept', { pid: null, identity: 'kept', names: [] })
    const fresh = await leave('fresh', undefined)
    const nameless = await leave('nameless', undefined, 3_600_000)
    const early = await leave(`${2 ** 22 + 1}-AbCdEf`, undefined)
    const starting = await leave(`${process.pid}-AbCdEf`, undefined)
    const garbled = await leave('garbled', '{', 3_600_000)
    await makeServerDirectory(join(directory, 'other'))

    expect((await sweep()).sort()).toEqual([dead, early, garbled, nameless, reused].sort())
    expect((await readdir(directory)).map((name) => join(directory, name)).sort()).toEqual(
      [living.path, kept, fresh, starting, join(directory, 'other')].sort(),
    )
    expect(await sweep({ kept: true })).toEqual([kept])
  })

  it('does no harm when two do it at once', async () => {
    for (let index = 0; index < 20; index += 1)
      await leave(`dead-${index}`, { pid: 2 ** 22 + 1, identity: 'ticks 1' })
    await Promise.all([sweep(), sweep()])
    expect(await readdir(directory)).toEqual([])
  })

  it("leaves alone what it may not read: another user's", async () => {
    const foreign = await leave('foreign', { pid: 2 ** 22 + 1, identity: 'ticks 1' })
    await chmod(foreign, 0)
    await chmod(directory, 0o755)
    using _ = asSomebodyElse()
    expect(await ownerOf(foreign)).toBe('foreign')
    expect(await sweep({ kept: true })).toEqual([])
  })
})

/** Root may read everything: it lends itself the account of the server. */
function asSomebodyElse(): Disposable {
  const uid = process.geteuid!()
  if (uid === 0) process.seteuid!('nobody')
  return { [Symbol.dispose]: () => process.seteuid!(uid) }
}

/** A directory that another run made. */
async function leave(name: string, owner: object | string | undefined, ageMs = 0): Promise<string> {
  const path = await makeServerDirectory(join(directory, `dress-rehearsal-${name}`))
  if (owner !== undefined) {
    await writeFile(join(path, 'owner.json'), typeof owner === 'string' ? owner : JSON.stringify(owner))
  }
  const then = new Date(Date.now() - ageMs)
  await utimes(path, then, then)
  return path
}
