import { expect, it } from 'vitest'
import { toProjectStack } from './project-stack.ts'

it("keeps the frames of the project's own files, relative to it, and no other", () => {
  const stack = [
    'AssertionError: after T2: measure "own" is 29, expected 30',
    '  shown by: SELECT count(*) FROM owners',
    '    at tell (/opt/rehearse/harness/spec/assertions.ts:112:36)',
    '    at /home/ada/release/specs/t2.spec.ts:10:19',
    '    at async check (file:///home/ada/release/specs/support/check%20all.ts:4:3)',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
    '    at async file:///home/ada/release/node_modules/@vitest/runner/dist/index.js:1903:20',
    '    at new Promise (<anonymous>)',
  ].join('\n')
  expect(toProjectStack(stack, '/home/ada/release')).toBe(
    [
      'AssertionError: after T2: measure "own" is 29, expected 30',
      '  shown by: SELECT count(*) FROM owners',
      '    at specs/t2.spec.ts:10:19',
      '    at async check (specs/support/check all.ts:4:3)',
    ].join('\n'),
  )
})

it('leaves the message where no frame is of the project', () => {
  const stack = 'Error: refused\n    at connect (node:net:1:2)'
  expect(toProjectStack(stack, '/home/ada/release')).toBe('Error: refused')
})
