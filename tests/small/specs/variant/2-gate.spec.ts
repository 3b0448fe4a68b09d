import { act } from '../words.ts'

act('gate', 'simulated', (it) => {
  it('is one row', ({ expect, effect, after }) => {
    expect(after).toMeasure({ approvals: 1 })
    expect(effect).toBeExactly({ rows: { approvals: { inserted: 1 } }, sequences: { approvals_id_seq: 1 } })
  })
})
