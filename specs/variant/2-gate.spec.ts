import { act } from '../words.ts'

act('gate', 'approval simulated on the clone only', (it) => {
  it('is one row of os_proposal_approvals, and nothing else', ({ expect, before, after, effect }) => {
    expect(before).toMeasure({ ospa: 0 })
    expect(after).toMeasure({ ospa: 1 })
    expect(effect).toBeExactly({
      rows: { os_proposal_approvals: { inserted: 1 } },
      sequences: { os_proposal_approvals_id_seq: 1 },
    })
  })
})
