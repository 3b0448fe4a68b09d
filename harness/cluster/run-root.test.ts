import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { chooseRunRoot, runRoots } from './run-root.ts'

const memory = '/dev/shm'
const tmpfsType = 0x01_02_19_94
const hasMemory = await statfs(memory).then(
  ({ type }) => type === tmpfsType,
  () => false,
)

beforeEach(() => {
  for (const name of ['TMPDIR', 'TMP', 'TEMP']) vi.stubEnv(name, undefined)
})
afterEach(() => vi.unstubAllEnvs())

describe('the root of a run’s directory', () => {
  it.runIf(hasMemory)('is in memory where the prepared cluster is small', async () => {
    expect(await chooseRunRoot(1024 ** 2)).toBe(memory)
    expect(runRoots()).toEqual([tmpdir(), memory])
  })

  it('is the temporary directory where the prepared cluster is large, or its size is not known', async () => {
    expect(await chooseRunRoot(process.availableMemory())).toBe(tmpdir())
    expect(await chooseRunRoot(undefined)).toBe(tmpdir())
  })

  it('is the temporary directory that the user named', async () => {
    vi.stubEnv('TMPDIR', '/somewhere/of/mine')
    expect(await chooseRunRoot(1024 ** 2)).toBe('/somewhere/of/mine')
    expect(runRoots()[0]).toBe('/somewhere/of/mine')
  })
})
