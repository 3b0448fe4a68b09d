import { act } from '../words.ts'

act('golden', 'net', (it) => {
  it('comes back from its dump', ({ expect, before, after }) => {
    expect(after).toEqualMeasures(before)
  })
})
