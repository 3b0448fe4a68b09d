import { describe, expect, it } from 'vitest'
import { countGivenOut, describePosition, type SequencePosition } from './sequences.ts'

function position(lastValue: string, isCalled = true, increment = '1'): SequencePosition {
  return { lastValue, isCalled, increment }
}

describe('the values that a sequence has given out', () => {
  it.each([
    ['none', position('5'), position('5'), 0],
    ['the first value', position('1', false), position('1'), 1],
    ['some', position('1', false), position('4'), 4],
    ['some in steps', position('10', true, '5'), position('25', true, '5'), 3],
    ['some downwards', position('-1', true, '-1'), position('-4', true, '-1'), 3],
    ['none where the next value is set to what it was', position('5'), position('6', false), 0],
    ['fewer where it is set back', position('100'), position('1', false), -100],
    ['some by another increment, from where it stood', position('10'), position('31', true, '10'), 3],
    ['a part of one, off its steps', position('1', true, '10'), position('5', true, '10'), 0.4],
    ['some beyond 2^53', position('9223372036854775800'), position('9223372036854775807'), 7],
  ])('are %s', (_what, before, after, count) => {
    expect(countGivenOut(before, after)).toBe(count)
  })
})

describe('the position of a sequence', () => {
  it('says whether the value is still to be given out', () => {
    expect(describePosition(position('41'))).toBe('41')
    expect(describePosition(position('1', false))).toBe('1 (not called)')
  })
})
