import { act } from '../words.ts'

act('partial-rollback', 'rollback from a release that stopped halfway', (it) => {
  it('is tried after each tier that changes something, but the last', ({ expect, facts }) => {
    expect(facts.rolledBackAfter).toEqual(['T1', 'T2', 'T3', 'T4', 'T5', 'T6'])
  })
})
