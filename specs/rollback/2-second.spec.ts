import { act } from '../words.ts'

act('rollback-2', 'is idempotent', (it) => {
  it('ends with exit 0 and changes nothing', ({ expect, facts, effect, before, after }) => {
    expect(facts.exitCode).toBe(0)
    expect(effect).toBeExactly({})
    expect(after).toEqualMeasures(before)
  })
})
