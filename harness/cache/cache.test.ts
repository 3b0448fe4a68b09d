import {
  appendFile,
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { writeOwner } from '../cluster/run-directory.ts'
import { cacheDirectory } from './cache-directory.ts'
import { sweepCache } from './cache-entries.ts'
import { putIntoCache, takeFromCache } from './cache.ts'

const key = 'c'.repeat(32)
const keyOf = (age: number): string => String(age).repeat(32)
const content = 'fifteen letters'

let directory: string
let cache: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cache-test-'))
  cache = join(directory, 'cache')
  vi.stubEnv('REHEARSAL_CACHE', cache)
  await mkdir(join(directory, 'source/data/empty'), { recursive: true })
  await mkdir(join(directory, 'source/data/base'))
  await writeFile(join(directory, 'source/data/PG_VERSION'), '15\n')
  await writeFile(join(directory, 'source/data/base/1'), content)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(directory, { recursive: true })
})

describe('the cache', () => {
  it('stands in the cache directory of the user, unless a variable names another', () => {
    expect(cacheDirectory({})).toBe(join(homedir(), '.cache/dress-rehearsal'))
    expect(cacheDirectory({ XDG_CACHE_HOME: '/other' })).toBe('/other/dress-rehearsal')
    expect(cacheDirectory({ REHEARSAL_CACHE: '/own', XDG_CACHE_HOME: '/other' })).toBe('/own')
  })

  it('gives what was put in, as a copy, with its password, to nobody but the user', async () => {
    await put()
    const { password, notes, target } = await take()
    expect({ password, notes }).toEqual({ password: 'secret', notes: [] })
    expect(await readFile(join(target, 'data/base/1'), 'utf8')).toBe(content)
    expect(await readdir(join(target, 'data/empty'))).toEqual([])
    expect((await stat(join(cache, key))).mode & 0o777).toBe(0o700)
    expect((await stat(join(cache, key, 'complete.json'))).mode & 0o777).toBe(0o600)
  })

  it('has nothing, and tells nothing, for a key that was never put in', async () => {
    expect(await take()).toMatchObject({ password: undefined, notes: [] })
  })

  it.for<[string, (entry: string) => Promise<unknown>, string]>([
    ['a file cut short', (entry) => truncate(join(entry, 'data/base/1'), 3), 'base/1 was changed'],
    [
      'a byte that flipped',
      (entry) => writeFile(join(entry, 'data/base/1'), 'fifteen better.'),
      'base/1 was changed',
    ],
    ['a file too few', (entry) => rm(join(entry, 'data/base/1')), 'base/1 is missing'],
    [
      'an empty directory too few',
      (entry) => rm(join(entry, 'data/empty'), { recursive: true }),
      'empty is missing',
    ],
    ['a file too many', (entry) => writeFile(join(entry, 'data/base/2'), ''), 'base/2 does not belong there'],
    ['a link too many', (entry) => symlink('1', join(entry, 'data/base/2')), 'base/2 does not belong there'],
    ['other rights', (entry) => chmod(join(entry, 'data/base'), 0o777), 'base was changed'],
    ['no data', (entry) => rm(join(entry, 'data'), { recursive: true }), 'cp failed'],
    [
      'a garbled complete.json',
      (entry) => appendFile(join(entry, 'complete.json'), '}'),
      'complete.json is not ours',
    ],
    [
      'another complete.json',
      (entry) => writeFile(join(entry, 'complete.json'), '{}'),
      'complete.json is not ours',
    ],
    ['no complete.json, half made', (entry) => rm(join(entry, 'complete.json')), 'complete.json is not ours'],
    ['a file instead of a directory', replaceByFile, 'complete.json is not ours'],
    ['the entry of another key', replaceByOther, 'complete.json is not ours'],
    ['a door that is open to others', (entry) => chmod(entry, 0o777), 'others may write to it'],
    ['a link in its place, to somebody’s entry', replaceByLink, 'it is a link'],
  ])('throws an entry away, and tells why, that has %s', async ([, damage, reason]) => {
    await put()
    await damage(join(cache, key))
    const { password, notes, target } = await take()
    expect(password).toBeUndefined()
    expect(notes).toEqual([
      expect.stringContaining(`${join(cache, key)} could not be used, and was created again: ${reason}`),
    ])
    expect(await readdir(cache)).not.toContain(key)
    expect(await readdir(target)).toEqual([])
    await put()
    expect(await take()).toMatchObject({ password: 'secret', notes: [] })
  })

  it('keeps the first of two entries that are put in under one key', async () => {
    await put('first')
    await put('second')
    expect((await take()).password).toBe('first')
    expect(await readdir(cache)).toEqual([key])
  })

  it('is rid of what a killed run left half made, and not of what a living one makes', async () => {
    await mkdir(join(cache, 'making-4194305-aaaaaaaaaaaa'), { recursive: true })
    await mkdir(join(cache, `making-${process.pid}-bbbbbbbbbbbb`))
    await writeOwner(join(cache, `making-${process.pid}-bbbbbbbbbbbb`))
    const gone = JSON.stringify({ pid: process.pid, identity: 'of another that had this number' })
    await writeFile(join(cache, 'making-4194305-aaaaaaaaaaaa/owner.json'), gone)
    expect(await sweepCache()).toEqual([join(cache, 'making-4194305-aaaaaaaaaaaa')])
    expect(await readdir(cache)).toEqual([`making-${process.pid}-bbbbbbbbbbbb`])
  })

  it('drops the entries used longest ago, and what was half made or half removed', async () => {
    await put()
    const dayMs = 24 * 3600 * 1000
    for (const age of [1, 2, 3, 4, 5, 6, 7]) await leave(keyOf(age), age * dayMs)
    await leave('making-4194305-aaaaaaaaaaaa', 2 * dayMs)
    await leave('discarded-4194305-aaaaaaaaaaaa', 2 * dayMs)
    await leave(`making-${process.pid}-bbbbbbbbbbbb`, 0)
    await leave('a neighbour of the cache', 30 * dayMs)
    await putIntoCache('d'.repeat(32), join(directory, 'source'), 'secret')
    expect((await readdir(cache)).sort()).toEqual(
      [
        'a neighbour of the cache',
        'd'.repeat(32),
        `making-${process.pid}-bbbbbbbbbbbb`,
        key,
        ...[1, 2, 3, 4].map(keyOf),
      ].sort(),
    )
  })

  it('says what to do where it can not be written', async () => {
    await writeFile(cache, 'a file in the way')
    await expect(put()).rejects.toMatchObject({
      code: 'CACHE_FAILED',
      message: `the prepared cluster could not be kept in ${cache}`,
      hint: expect.stringContaining('REHEARSAL_CACHE'),
    })
  })
})

function put(password = 'secret'): Promise<void> {
  return putIntoCache(key, join(directory, 'source'), password)
}

async function take() {
  const target = await mkdtemp(join(directory, 'target-'))
  const notes: string[] = []
  const password = await takeFromCache(key, target, (note) => notes.push(note))
  return { password, notes, target }
}

async function replaceByFile(entry: string): Promise<void> {
  await rm(entry, { recursive: true })
  await writeFile(entry, '')
}

async function replaceByOther(entry: string): Promise<void> {
  await putIntoCache('d'.repeat(32), join(directory, 'source'), 'secret')
  await rm(entry, { recursive: true })
  await cp(join(cache, 'd'.repeat(32)), entry, { recursive: true })
}

async function replaceByLink(entry: string): Promise<void> {
  await rename(entry, join(directory, 'elsewhere'))
  await symlink(join(directory, 'elsewhere'), entry)
}

async function leave(name: string, ageMs: number): Promise<void> {
  const then = new Date(Date.now() - ageMs)
  await mkdir(join(cache, name))
  await utimes(join(cache, name), then, then)
}
