import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readManifest } from '../../harness/cache/manifest.ts'
import { clustersIn } from '../support/cache.ts'
import { copySmallProject, type Project, type Rehearsed } from '../support/project.ts'

/** What shows fastest whether production comes from the cache. */
const only = 'specs/baseline'
const made = ['production was created, and is kept', 'the golden clone was created, and is kept'] as const

let project: Project
let cache: string
let before: string | undefined

beforeAll(async () => {
  before = process.env['REHEARSAL_CACHE']
  cache = join(await mkdtemp(join(tmpdir(), 'rehearsed-cache-')), 'of its own')
  process.env['REHEARSAL_CACHE'] = cache
  project = await copySmallProject()
})

afterAll(async () => {
  if (before === undefined) delete process.env['REHEARSAL_CACHE']
  else process.env['REHEARSAL_CACHE'] = before
  await rm(join(cache, '..'), { recursive: true })
  await project[Symbol.asyncDispose]()
})

describe('the prepared production', () => {
  it('is made by a first run, taken by a second one, and not written by either', async () => {
    expect(notes(await project.rehearse(only))).toEqual(made)
    const kept = await readManifest(cache)
    expect(await clustersIn(cache)).toHaveLength(3)

    const second = await project.rehearse()
    expect(notes(second)).toEqual([])
    expect(second).toMatchObject({ exitCode: 0, evidence: { verdict: 'pass' } })
    expect(await readManifest(cache)).toEqual(kept)
  })

  it('is made again from the base that is whole, and that is told, where a byte of it has flipped', async () => {
    const entry = await goldenEntry()
    await flipByte(await largestFile(entry))
    const { output, evidence } = await project.rehearse(only)
    expect(words(output)).toMatch(
      new RegExp(
        `the prepared cluster in ${entry} could not be used, and was created again: base/\\S+ was changed`,
      ),
    )
    expect(words(output)).toContain(made[1])
    expect(words(output)).not.toContain(made[0])
    expect(evidence.tests.map(({ status }) => status)).toEqual(['passed', 'passed'])
    expect(notes(await project.rehearse(only))).toEqual([])
  })

  it('stays, and only the golden clone is made again, where the release is edited', async () => {
    const entries = await clustersIn(cache)
    await project.edit(
      'sql/release/t0_preflight.sql',
      "SET LOCAL statement_timeout = '60s';",
      "SET LOCAL statement_timeout = '61s';",
    )
    expect(notes(await project.rehearse(only))).toEqual([made[1]])
    const now = await clustersIn(cache)
    expect(now).toHaveLength(entries.length + 1)
    expect(now).toEqual(expect.arrayContaining(entries))
  })

  it('is made again where its own SQL is edited', async () => {
    await project.edit('sql/production/make.sql', "'On the Hill'", "'Up the Hill'")
    expect(notes(await project.rehearse(only))).toEqual(made)
  })
})

/** The entry of golden, which is taken after that of production, and has its password. */
async function goldenEntry(): Promise<string> {
  const entries = await Promise.all(
    (await clustersIn(cache)).map(async (name) => {
      const file = join(cache, name, 'complete.json')
      const { password } = JSON.parse(await readFile(file, 'utf8')) as { password: string }
      return { path: join(cache, name), password, usedMs: (await stat(file)).mtimeMs }
    }),
  )
  const made = entries.filter(({ password }) => entries.filter((one) => one.password === password).length > 1)
  return made.sort((one, other) => other.usedMs - one.usedMs)[0]!.path
}

async function largestFile(entry: string): Promise<string> {
  const directory = join(entry, 'data/base')
  const files = (await readdir(directory, { recursive: true })).map((name) => join(directory, name))
  const sizes = await Promise.all(files.map(async (path) => ({ path, size: (await stat(path)).size })))
  return sizes.sort((one, other) => other.size - one.size)[0]!.path
}

async function flipByte(path: string): Promise<void> {
  const content = await readFile(path)
  content[content.length >> 1]! ^= 1
  await writeFile(path, content)
}

function notes({ output }: Rehearsed): string[] {
  return [...words(output).matchAll(/Note (.*?) in \//g)].map(([, note]) => note!)
}

function words(output: string): string {
  return output.replace(/\s+/g, ' ')
}
