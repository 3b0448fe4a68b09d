import { expect, it } from 'vitest'
import { killRuns } from './kill-series.ts'

// A hundred are killed by npm run check:far.
it('leaves nothing behind after 3 runs that are killed at a random moment, and one that is not', async () => {
  expect(await killRuns(3)).toEqual([])
})
