import { describe, expect, it } from 'vitest'
import { formatRowChanges, hasChangedNothing } from './effects.ts'
import { passLendingLibrary } from './testing/passing-library.ts'

describe('the effect of a step', () => {
  it('tells a table that was rewritten at the same number of rows', () => {
    const rows = { loans: { before: 0, after: 24 }, fines: { before: 2, after: 1 } }
    expect(formatRowChanges({ rows, rewritten: ['copies'] })).toEqual([
      '+24 loans',
      '-1 fines',
      'copies rewritten',
    ])
  })

  it('is not nothing where a table was rewritten', () => {
    const [tier] = passLendingLibrary().tiers
    const still = {
      ...tier!,
      after: tier!.before,
      rows: {},
      sequences: {},
      objects: { created: [], dropped: [] },
    }
    expect(hasChangedNothing(still)).toBe(true)
    expect(hasChangedNothing({ ...still, rewritten: ['copies'] })).toBe(false)
  })
})
