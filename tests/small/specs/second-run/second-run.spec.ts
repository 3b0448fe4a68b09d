import { act } from '../words.ts'

act('second-run', 'against a second run', (it) => {
  it('refuses it by preflight', ({ expect, facts, effect }) => {
    expect(facts.exitCode).toBe(3)
    expect(facts.error).toMatchObject({ message: 'PREFLIGHT ABORT: terms already present' })
    expect(effect).toBeExactly({})
  })
})
