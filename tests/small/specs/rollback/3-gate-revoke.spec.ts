import { act } from '../words.ts'

act('gate-revoke', 'takes the approval back', (it) => {
  it('equals the entry baseline', async ({ expect, after, at, effect }) => {
    expect(after).toEqualMeasures((await at('baseline')).after)
    expect(effect).toBeExactly({ rows: { approvals: { deleted: 1 } } })
  })
})
