import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { freeBytes, requireDisk } from './disk.ts'

describe('requireDisk', () => {
  it('lets a clone be made that fits', async () => {
    await expect(requireDisk(tmpdir(), 1)).resolves.toBeUndefined()
  })

  it('refuses one that does not, with both sizes, and says what to do', async () => {
    const free = await freeBytes(tmpdir())
    await expect(requireDisk(tmpdir(), free)).rejects.toMatchObject({
      code: 'DISK_SHORT',
      message: expect.stringMatching(/^the clone needs [\d,]+ MB, but only [\d,]+ MB are free in \//),
      hint: expect.stringContaining('TMPDIR'),
      details: { needed: free * 2 + 512 * 1024 ** 2 },
    })
  })
})
