import { act } from '../words.ts'

act('baseline', 'production', (it) => {
  it('has five branches without a policy', ({ expect, after }) => {
    expect(after).toMeasure({
      branches: 5,
      policies: 0,
      missing: 5,
      approvals: 0,
      terms: null,
      axis_tables: 0,
    })
  })
})
