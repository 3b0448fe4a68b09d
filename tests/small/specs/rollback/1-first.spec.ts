import { act } from '../words.ts'

act('rollback-1', 'brings the baseline back', (it) => {
  it('drops the terms and takes the policies back', ({ expect, effect }) => {
    expect(effect).toBeExactly({
      rows: { axis_terms: { deleted: 5 }, loan_policies: { deleted: 5 } },
      dropped: { table: 1, view: 1 },
    })
  })

  it('leaves no policy', ({ expect, after }) => {
    expect(after).toMeasure({ policies: 0, missing: 5, terms: null, axis_tables: 0, approvals: 1 })
  })
})
