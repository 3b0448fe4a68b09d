import { act } from '../words.ts'

act('gate-revoke', 'gate taken back', (it) => {
  it('removes the one simulated row', ({ expect, effect, after }) => {
    expect(effect).toBeExactly({ rows: { os_proposal_approvals: { deleted: 1 } } })
    expect(after).toMeasure({ ospa: 0 })
  })

  it('equals the entry baseline in every measure', async ({ expect, after, at }) => {
    expect(after).toEqualMeasures((await at('baseline')).after)
  })
})
