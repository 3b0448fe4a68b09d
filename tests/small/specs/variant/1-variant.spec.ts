import { act } from '../words.ts'

act('variant', 'of the release', (it) => {
  it('redirects three guards', ({ expect, facts, effect }) => {
    expect(facts.redirected).toBe(3)
    expect(effect).toBeExactly({})
  })
})
