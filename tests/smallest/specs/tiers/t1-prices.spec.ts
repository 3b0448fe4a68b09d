import { specsFor } from 'dress-rehearsal'
import rehearsal from '../../rehearsal.config.ts'

const { tier } = specsFor(rehearsal)

tier('T1', 'prices', (it) => {
  it('gives every tea a price', ({ expect, effect }) => {
    expect(effect).toBeExactly({ rows: { prices: { inserted: 3 } }, created: { table: 1 } })
  })
})
