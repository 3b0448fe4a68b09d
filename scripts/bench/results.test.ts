import { describe, expect, it } from 'vitest'
import { renderFindings, renderHead, renderLimits } from './render.ts'
import { makePair, resultsSchema, type Results } from './results.ts'

const slow = {
  what: 'a way with a name so long that it does not fit into the columns beside it',
  roundsMs: [300, 200],
}
const quick = { what: 'another way', roundsMs: [100, 100] }

function makeResults(limit: number | null): Results {
  return {
    schemaVersion: 1,
    startedAt: '2026-06-03T08:00:00.000Z',
    durationMs: 700,
    project: 'Library',
    size: 'default',
    databaseBytes: 210_600_000,
    machine: {
      cpu: 'a processor',
      cores: 2,
      memoryBytes: 25_300_000_000,
      platform: 'Linux 6.1',
      node: '20.20.2',
      postgres: '15.18',
      loadBefore: 0.5,
      loadAfter: 1.25,
    },
    pairs: [makePair({ benchmark: 'gated', name: 'the release', limit }, slow, quick)],
    absences: [{ benchmark: 'compare', what: 'pgcopydb compare data', reason: 'pgcopydb is not installed' }],
    differences: [{ difference: 'a grant more', says: { harness: ['grants differ'], 'row checksums': [] } }],
  }
}

describe('results', () => {
  it('fit their schema, with every round, and come through JSON as they are', () => {
    const results = makeResults(2.5)
    expect(resultsSchema.parse(JSON.parse(JSON.stringify(results)))).toEqual(results)
    expect(results.pairs[0]).toMatchObject({
      a: { roundsMs: [300, 200], minMs: 200, medianMs: 250 },
      b: { minMs: 100, medianMs: 100 },
      ratio: { ofMinima: 2, ofMedians: 2.5 },
      isKept: true,
    })
  })

  it.each([
    ['a pair without rounds', { a: { what: 'x', roundsMs: [], minMs: 0, medianMs: 0 } }],
    ['a time below zero', { a: { what: 'x', roundsMs: [-1], minMs: -1, medianMs: -1 } }],
    ['a key that it does not know', { fast: true }],
  ])('with %s do not fit', (_what, change) => {
    const [pair] = makeResults(null).pairs
    const results = { ...makeResults(null), pairs: [{ ...pair, ...change }] }
    expect(resultsSchema.safeParse(results).success).toBe(false)
  })
})

describe('results as people read them', () => {
  const render = (results: Results): string => renderHead(results) + renderFindings(results)

  it('stay within 80 columns', () => {
    const widest = Math.max(
      ...render(makeResults(2))
        .split('\n')
        .map((text) => [...text].length),
    )
    expect(widest).toBe(80)
  })

  it('tell plainly what is over its limit, also in the last line', () => {
    const results = makeResults(2)
    expect(render(results)).toMatch(/A \/ B, limit 2 ×: OVER ITS LIMIT +2\.00 × +2\.50 ×/)
    expect(renderLimits(results.pairs)).toBe('0 within their limit, 1 over it: gated (the release)')
  })

  it('tell what is kept, and what has no limit', () => {
    expect(render(makeResults(3))).toContain('limit 3 ×: kept')
    expect(render(makeResults(null))).toContain('A / B, no limit')
  })

  it('tell what was not measured, and which way of comparing sees a difference', () => {
    const text = render(makeResults(2))
    expect(text).toContain('compare: pgcopydb compare data\n  not measured: pgcopydb is not installed')
    expect(text).toContain('difference: a grant more\n  harness: grants differ\n  row checksums: EQUAL')
  })
})
