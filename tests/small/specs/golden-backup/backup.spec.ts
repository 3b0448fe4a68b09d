import { act } from '../words.ts'

act('golden-backup', 'net', (it) => {
  it('comes back from its dump', ({ expect, before, after }) => {
    expect(after).toEqualMeasures(before)
  })
})
