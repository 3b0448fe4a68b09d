import { describe, expect, it } from 'vitest'
import { judgeActivity, observeActivity } from './activity.ts'

const change = 'rows of books: 1000 in production at entry, 1001 in production now'

describe('production before the release', () => {
  it('is what it is declared to be, else what it shows itself to be', () => {
    expect(observeActivity('live', [])).toEqual({ state: 'live', by: 'declared', problems: [] })
    expect(observeActivity(undefined, [])).toEqual({ state: 'quiet', by: 'observed', problems: [] })
    expect(observeActivity(undefined, [change])).toEqual({ state: 'live', by: 'observed', problems: [] })
  })

  it('breaks the declaration that it is quiet', () => {
    expect(observeActivity('quiet', [change])).toEqual({
      state: 'quiet',
      by: 'declared',
      problems: [`production is declared quiet, and changed before the release: ${change}`],
    })
  })
})

describe('production at the end', () => {
  it('must be as it was where it is declared quiet', () => {
    expect(judgeActivity({ state: 'quiet', by: 'declared' }, [change])).toMatchObject({ problems: [change] })
  })

  it('leaves a doubt where its quiet was observed, or nothing was, and then broken', () => {
    for (const activity of [{ state: 'quiet', by: 'observed' } as const, undefined]) {
      expect(judgeActivity(activity, [change])).toMatchObject({
        problems: [],
        doubt: expect.stringContaining(`who changed it could not be determined: ${change}`),
      })
      expect(judgeActivity(activity, [])).toEqual({ problems: [], doubt: undefined, changed: [] })
    }
  })

  it('may differ where it is live, which is told', () => {
    for (const by of ['declared', 'observed'] as const) {
      expect(judgeActivity({ state: 'live', by }, [change])).toEqual({
        problems: [],
        doubt: undefined,
        changed: [change],
      })
    }
  })
})
