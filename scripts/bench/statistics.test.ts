import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keepsLimit, ratioOf, summarise } from './statistics.ts'

describe('a sample', () => {
  it('has the least of its times, and the middle one of an odd number', () => {
    expect(summarise([30, 10, 50])).toEqual({ roundsMs: [30, 10, 50], minMs: 10, medianMs: 30 })
  })

  it('has the mean of the middle two of an even number', () => {
    expect(summarise([40, 10, 20, 100]).medianMs).toBe(30)
  })

  it('sorts by size and not by text', () => {
    expect(summarise([100, 9, 20])).toMatchObject({ minMs: 9, medianMs: 20 })
  })

  it('is refused without a round', () => {
    expect(() => summarise([])).toThrow('no round was measured')
  })

  it('has as many times below its median as above, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 }), (times) => {
        const { minMs, medianMs } = summarise(times)
        const below = times.filter((time) => time < medianMs).length
        const above = times.filter((time) => time > medianMs).length
        expect(Math.max(below, above)).toBeLessThanOrEqual(times.length / 2)
        expect(minMs).toBe(Math.min(...times))
      }),
    )
  })
})

describe('a ratio', () => {
  const ratio = ratioOf(summarise([30, 20, 40]), summarise([10, 10, 20]))

  it('is taken of the minima and of the medians', () => {
    expect(ratio).toEqual({ ofMinima: 2, ofMedians: 3 })
  })

  it('keeps a limit only where both are within it', () => {
    expect([1.9, 2, 2.9, 3].map((limit) => keepsLimit(ratio, limit))).toEqual([false, false, false, true])
  })

  it('has nothing to keep where there is no limit', () => {
    expect(keepsLimit(ratio, null)).toBeNull()
  })
})
