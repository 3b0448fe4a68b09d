import { act } from '../words.ts'

act('divergence', 'from golden', (it) => {
  it('is one term', ({ expect, before, after }) => {
    expect(before).toMeasure({ terms: 6 })
    expect(after).toMeasure({ terms: 5 })
  })
})
