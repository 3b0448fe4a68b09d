import { expect, it } from 'vitest'
import { countDeclared } from './outcome.ts'
import { passLendingLibrary } from './testing/passing-library.ts'

it('counts a declared divergence once, however many figures differ by its cause, and no other', () => {
  const [loans] = passLendingLibrary().divergences
  const unexplained = { ...loans!, title: null, declared: false }
  expect(countDeclared([loans!, { ...loans!, subject: 'open loans' }, unexplained])).toBe(1)
})
