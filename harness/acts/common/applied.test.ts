import { expect, it } from 'vitest'
import { printDifferences } from '../../comparison/print-difference.ts'
import { compareLargeObjects, stepped } from './applied.ts'

const entry = new Map([
  ['4711', 'map'],
  ['4712', 'atlas'],
])

const toObjects = (texts: Iterable<[string, string]>) =>
  new Map([...texts].map(([oid, text]) => [oid, { bytes: text.length, digest: text }]))

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
    ['large objects that the release created: different bytes'],
  ],
  [
    'two of production’s that have exchanged their bytes',
    [...entry],
    [
      ['4711', 'atlas'],
      ['4712', 'map'],
    ],
    [
      'large object 4711: 3 bytes in the stepped clone, 5 bytes in this one',
      'large object 4712: 5 bytes in the stepped clone, 3 bytes in this one',
    ],
  ],
  [
    'one of production’s that was made anew under another number',
    [...entry],
    [
      ['4711', 'map'],
      ['5001', 'atlas'],
    ],
    [
      'large object 4712: 5 bytes in the stepped clone, absent in this one',
      'large objects that the release created: different bytes',
    ],
  ],
])('large objects of two runs of a release: %s', (_what, then, today, expected) => {
  const differences = compareLargeObjects(toObjects(entry), toObjects(then), toObjects(today))
  expect(printDifferences(differences, ...stepped)).toEqual(expected)
})
