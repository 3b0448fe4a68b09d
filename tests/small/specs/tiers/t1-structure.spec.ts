import { tier } from '../words.ts'

tier('T1', 'structure', (it) => {
  it('makes one table and one view', ({ expect, effect, printed }) => {
    expect(effect).toBeExactly({ created: { table: 1, view: 1 } })
    expect(printed).toReport({ tables: 1, views: 1 })
  })
})
