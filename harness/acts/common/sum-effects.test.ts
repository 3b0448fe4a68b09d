import { describe, expect, it } from 'vitest'
import { makeEffect } from '../../../tests/support/effect.ts'
import type { CatalogObject } from '../../fingerprint/catalog/catalog-object.ts'
import type { Reading } from '../../measure/reading.ts'
import { sumEffects } from './sum-effects.ts'

/** A reading with so many rows by table, and these views. */
function reading(
  rows: Readonly<Record<string, number>>,
  views: readonly string[],
  lastValue: string,
): Reading {
  const contents = Object.entries(rows).map(
    ([name, count]) =>
      [name, { rows: count, digest: `${count}`, layout: '', written: 0, isHashed: true }] as const,
  )
  const objects = views.map((identity): [string, CatalogObject] => [
    `view ${identity}`,
    { class: 'view', identity, parent: null, attributes: {} },
  ])
  return {
    figures: {},
    contradictions: [],
    missingViews: [],
    rowDiffs: new Map(),
    fingerprint: {
      relations: new Map(),
      contents: new Map(contents),
      sequences: new Map([['loans_id_seq', { lastValue, isCalled: true, increment: '1' }]]),
      largeObjects: new Map(),
      catalog: new Map(objects),
      cluster: new Map(),
      system: new Map(),
      catalogRows: 0,
      horizon: { next: '1', open: [] },
    },
  } as unknown as Reading
}

const before = reading({ loans: 2 }, [], '2')
const after = reading({ loans: 5 }, ['public.v'], '5')
const moved = (values: number) => ({ loans_id_seq: { before: '2', after: '5', moved: values } })
const first = makeEffect({ rows: { loans: { inserted: 4 } }, sequences: moved(3) })
const second = makeEffect({ rows: { loans: { deleted: 1 } }, created: [['view', 'public.v']] })

describe('the effects of the tiers', () => {
  it('add up where each change is a tier’s', () => {
    const tiers = [
      { id: 'T1', effect: first },
      { id: 'T2', effect: second },
    ]
    expect(sumEffects(tiers, before, after)).toEqual([])
  })

  it('do not where a change is no tier’s', () => {
    expect(sumEffects([{ id: 'T1', effect: null }], before, after)).toEqual([
      'the tiers do not add up: rows of loans: 0 by the tiers, 3 in all',
      'the tiers do not add up: values of sequence loans_id_seq: 0 by the tiers, 3 in all',
      'the tiers do not add up: object view public.v: 0 by the tiers, 1 in all',
      'the tiers do not add up: loans is not as it was, and no tier has changed it',
    ])
  })
})
