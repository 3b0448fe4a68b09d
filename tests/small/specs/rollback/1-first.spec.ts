import { act } from '../words.ts'

act('rollback-1', 'brings the baseline back', (it) => {
  it('leaves no policy', ({ expect, after }) => {
    expect(after).toMeasure({ policies: 0, missing: 5, terms: null, axis_tables: 0, approvals: 1 })
  })
})
