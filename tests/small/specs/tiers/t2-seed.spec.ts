import { tier } from '../words.ts'

tier('T2', 'seed', (it) => {
  it('gives every branch a policy', ({ expect, before, after, effect }) => {
    expect(before).toMeasure({ missing: 5 })
    expect(after).toMeasure({ policies: 5, missing: 0, terms: 5 })
    expect(effect).toBeExactly({
      rows: { loan_policies: { inserted: 5 }, axis_terms: { inserted: 5 } },
      sequences: { loan_policies_id_seq: 5 },
    })
  })
})
