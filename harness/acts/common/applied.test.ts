import { expect, it } from 'vitest'
import { describeLargeObjects } from './applied.ts'

const entry = new Map([
  ['4711', 'map'],
  ['4712', 'atlas'],
])

it.each<[string, [string, string][], [string, string][], string[]]>([
  ['the same', [...entry], [...entry], []],
  [
    'one that the release made, under another number',
    [...entry, ['5001', 'a']],
    [...entry, ['6001', 'a']],
    [],
  ],
  [
    'other bytes of what the release made',
    [...entry, ['5001', 'a']],
    [...entry, ['6001', 'b']],
    ['large objects that the release made: other bytes'],
  ],
  [
    'two of production’s that have exchanged their bytes',
    [...entry],
    [
      ['4711', 'atlas'],
      ['4712', 'map'],
    ],
    ['large object 4711: other bytes', 'large object 4712: other bytes'],
  ],
  [
    'one of production’s that was made anew under another number',
    [...entry],
    [
      ['4711', 'map'],
      ['5001', 'atlas'],
    ],
    ['large object 4712: other bytes', 'large objects that the release made: other bytes'],
  ],
])('large objects of two runs of a release: %s', (_what, then, today, expected) => {
  expect(describeLargeObjects(entry, new Map(then), new Map(today))).toEqual(expected)
})
