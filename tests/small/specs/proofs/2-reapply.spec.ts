import { act } from '../words.ts'

act('reapply', 'again after a rollback', (it) => {
  it('comes to the same figures', ({ expect, before, after }) => {
    expect(after).toEqualMeasures(before)
  })
})
