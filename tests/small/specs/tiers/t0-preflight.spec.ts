import { tier } from '../words.ts'

tier('T0', 'preflight', (it) => {
  it('changes nothing', ({ expect, effect }) => {
    expect(effect).toBeExactly({})
  })
})
