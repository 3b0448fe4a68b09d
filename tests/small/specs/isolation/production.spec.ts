import { act } from '../words.ts'

act('isolation', 'of production', (it) => {
  it('finds production as it was', ({ expect, before, after, facts }) => {
    expect(after).toEqualMeasures(before)
    expect(facts.clone).toBeOneOf(['dropped', 'kept'])
  })
})
