import { expect, it } from 'vitest'
import type { TestRecord } from '../evidence/schema.ts'
import { countDeclared, locate } from './outcome.ts'
import { passLendingLibrary } from '../../tests/support/report/passing-library.ts'

it('counts a declared divergence once, however many figures differ by its cause, and no other', () => {
  const [loans] = passLendingLibrary().divergences
  const unexplained = { ...loans!, title: null, declared: false }
  expect(countDeclared([loans!, { ...loans!, subject: 'open loans' }, unexplained])).toBe(1)
})

it('says in which line of its file a test failed, where the stack tells it', () => {
  const file = 'specs/tiers/t2.spec.ts'
  const failed = (...stacks: (string | null)[]): TestRecord => ({
    ...passLendingLibrary().tests[0]!,
    file,
    failures: stacks.map((stack) => ({ message: 'no', stack })),
  })
  const frames = `Error: ${file} is wrong\n    at check (harness/spec/assertions.ts:9:1)\n    at ${file}:12:5\n    at ${file}:3:1`
  expect(locate(failed(frames))).toBe(`${file}:12`)
  expect(locate(failed(null, `at Object.run (${file}:7:5)`))).toBe(`${file}:7`)
  expect(locate(failed('Error: no'))).toBe(file)
  expect(locate(failed())).toBe(file)
})
