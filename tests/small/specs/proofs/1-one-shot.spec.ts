import { act } from '../words.ts'

act('one-shot', 'the release in one go', (it) => {
  it('runs on a copy of the clone as it was made, and once more with tables turned', ({ expect, facts }) => {
    expect(facts.clone).toBe('a physical copy of the clone as it was created')
    expect(facts.reversedTables).toBeGreaterThan(3)
  })
})
