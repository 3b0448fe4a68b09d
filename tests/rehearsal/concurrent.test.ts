import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { clustersIn } from '../support/cache.ts'
import { OwnTemp } from '../support/own-temp.ts'
import { copySmallProject } from '../support/project.ts'

describe('two runs at the same time', () => {
  it('pass both with an empty cache, each on databases of its own, and leave one entry for each key', async () => {
    await using temp = await OwnTemp.make()
    const cache = join(temp.path, 'cache')
    vi.stubEnv('REHEARSAL_CACHE', cache)
    onTestFinished(() => void vi.unstubAllEnvs())
    await using one = await copySmallProject()
    await using other = await copySmallProject()

    const both = await Promise.all([one.rehearse(), other.rehearse()])
    expect(both.map(({ exitCode, evidence }) => ({ exitCode, reasons: evidence.reasons }))).toEqual([
      { exitCode: 0, reasons: [] },
      { exitCode: 0, reasons: [] },
    ])
    expect(await clustersIn(cache)).toHaveLength(3)
    expect(await temp.runDirectories()).toEqual([])
    await rm(cache, { recursive: true })
  })
})
