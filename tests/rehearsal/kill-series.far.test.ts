import { expect, it } from 'vitest'
import { killRuns } from './kill-series.ts'

it('leaves nothing behind after 100 runs that are killed at a random moment, and one that is not', async () => {
  expect(await killRuns(100)).toEqual([])
})
