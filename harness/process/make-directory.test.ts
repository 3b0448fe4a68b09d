import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeDirectory } from './make-directory.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'make-directory-'))
  await writeFile(join(root, 'file'), '')
})
afterAll(() => rm(root, { recursive: true }))

it('makes a directory with those above it, and lets one be that is there', async () => {
  const path = join(root, 'a/b/c')
  for (const _time of [1, 2]) await makeDirectory(path, 0o700)
  const { mode } = await stat(path)
  expect(mode & 0o777).toBe(0o700)
})

it.each([
  ['ENOTDIR', () => join(root, 'file/a')],
  ['EEXIST', () => join(root, 'file')],
  ['ENOENT', () => '/proc/not-there/a'],
])('throws %s where it cannot', async (code, path) => {
  await expect(makeDirectory(path())).rejects.toMatchObject({ code })
})
