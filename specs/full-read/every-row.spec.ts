import { act } from '../words.ts'

act('full-read', 'every row read', (it) => {
  it('finds the figures of the last tier', async ({ expect, after, at }) => {
    expect(after).toEqualMeasures((await at('T8')).after)
  })
})
