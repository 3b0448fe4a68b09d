import { describe, expect, it } from 'vitest'
import { selectSpecs } from './select-specs.ts'

const files = [
  'specs/baseline/production.spec.ts',
  'specs/tiers/t0-preflight.spec.ts',
  'specs/tiers/t1-structure.spec.ts',
  'specs/tiers/t2-seed.spec.ts',
  'specs/tiers/t20(late).spec.ts',
]

describe('selectSpecs', () => {
  it('takes all where none is asked for', () => {
    expect(selectSpecs(files, [])).toEqual(files)
  })

  it.each([
    ['specs/tiers/t2*', ['specs/tiers/t2-seed.spec.ts', 'specs/tiers/t20(late).spec.ts']],
    ['specs/tiers/t2-*', ['specs/tiers/t2-seed.spec.ts']],
    ['tiers/t1', ['specs/tiers/t1-structure.spec.ts']],
    ['./specs/tiers/t?-s*', ['specs/tiers/t1-structure.spec.ts', 'specs/tiers/t2-seed.spec.ts']],
    ['specs/**/production', ['specs/baseline/production.spec.ts']],
    ['specs/**', files],
    ['t20(late).spec.ts', ['specs/tiers/t20(late).spec.ts']],
  ])('understands %s', (request, chosen) => {
    expect(selectSpecs(files, [request])).toEqual(chosen)
  })

  it('takes several, each file once, in the order of the rehearsal', () => {
    expect(selectSpecs(files, ['t1', 'baseline', 'tiers/t1*'])).toEqual([
      'specs/baseline/production.spec.ts',
      'specs/tiers/t1-structure.spec.ts',
    ])
  })

  it.each(['tiers/t9', 'tiers/t1*seed', './tiers/t1', 'tierst1', 't0.preflight'])(
    'refuses %s, which nothing matches, and lists what there is',
    (request) => {
      expect(() => selectSpecs(files, ['t1', request])).toThrow(
        expect.objectContaining({
          code: 'OPTION_REFUSED',
          message: `no spec file matches ${request}`,
          hint: expect.stringContaining(files.join(' ')),
        }),
      )
    },
  )
})
