import { act } from '../words.ts'

act('self-test', 'show that the checks can fail', (it) => {
  it('find each fault that was sown', ({ expect, facts }) => {
    expect(facts.found).toEqual([
      'an empty release',
      'one extra row',
      'a row rewritten',
      'a dropped grant',
      'a number drawn',
      'a second run that is accepted',
      'a rollback that does nothing',
    ])
  })
})
