import { describe, expect, it } from 'vitest'
import { makeEffect } from '../../tests/support/effect.ts'
import { formatObjectChanges, formatRowChanges, hasChangedNothing } from './effects.ts'
import { passLendingLibrary } from '../../tests/support/report/passing-library.ts'

describe('the effect of a step', () => {
  it('tells rows added, taken, changed, and written for nothing', () => {
    const rows = {
      loans: { inserted: 24 },
      fines: { deleted: 1, updated: 3 },
      copies: { rewritten: 1_200 },
    }
    expect(formatRowChanges({ effect: makeEffect({ rows }) })).toEqual([
      '+24 loans',
      '-1 fines',
      '3 fines updated',
      '1,200 copies rewritten',
    ])
  })

  it('counts objects by class, but for what came with its table', () => {
    const effect = makeEffect({
      created: [['table', 'public.loans']],
      altered: [
        {
          class: 'column',
          identity: 'public.fines.id',
          attributes: { default: { before: null, after: '1' } },
        },
      ],
    })
    effect.objects.created.push({ class: 'index', identity: 'public.loans_pkey', withParent: true })
    expect(formatObjectChanges({ effect })).toEqual(['+1 table', '1 column altered'])
  })

  it('is not nothing where rows were only written anew', () => {
    const [tier] = passLendingLibrary().tiers
    const still = { ...tier!, after: tier!.before, effect: makeEffect() }
    expect(hasChangedNothing(still)).toBe(true)
    const effect = makeEffect({ rows: { copies: { rewritten: 1 } } })
    expect(hasChangedNothing({ ...still, effect })).toBe(false)
  })
})
