import { act } from '../words.ts'

act('rollback-2', 'changes nothing', (it) => {
  it('has an empty effect', ({ expect, effect }) => {
    expect(effect).toBeExactly({})
  })
})
