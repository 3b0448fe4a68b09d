import { expect, it } from 'vitest'
import { compareValues, without, type Difference } from './difference.ts'
import { printClusterFaults, printDifferences } from './print-difference.ts'

const rows = { onlyFirst: ['(1)'], onlySecond: ['(2)', '(3)'], changed: [], keyed: true }

it.for<[Difference, string]>([
  [compareValues('measure', { gap: 3 }, {})[0]!, 'measure gap: 3 in one, absent in two'],
  [compareValues('rows', { loans: 3 }, { loans: 4 })[0]!, 'rows of loans: 3 in one, 4 in two'],
  [
    compareValues('large object', { 7: { bytes: 2, digest: 'a' } }, { 7: { bytes: 2, digest: 'b' } })[0]!,
    'large object 7: 2 bytes in one, 2 bytes in two',
  ],
  [
    { kind: 'content', table: 'loans' },
    'content of loans differs between one and two, with the same number of rows',
  ],
  [
    { kind: 'row by row', table: 'loans', rows },
    'rows of loans: 1 in one only, 2 in two only, 0 changed (among them (2), (3), (1))',
  ],
  [
    { kind: 'row by row', table: 'loans', rows: { ...rows, keyed: false } },
    'rows of loans: 1 in one only, 2 in two only, 0 changed',
  ],
  [{ kind: 'rewritten', table: 'loans', rows: 2 }, '2 rows of loans were rewritten with the same content'],
  [
    { kind: 'only in one', class: 'view', identity: 'public.v', side: 'second' },
    'view public.v is in two only',
  ],
  [
    {
      kind: 'attribute',
      class: 'view',
      identity: 'public.v',
      attribute: 'grants',
      before: null,
      after: '=r/a',
    },
    'view public.v: grants is not set in one, "=r/a" in two',
  ],
])('words %o', ([difference, sentence]) => {
  expect(printDifferences([difference], 'one', 'two')).toEqual([sentence])
})

it('says of a cluster what was left, and which statement failed', () => {
  const left: Difference = { kind: 'only in one', class: 'role', identity: 'stayers', side: 'second' }
  expect(
    printClusterFaults([
      { kind: 'left', difference: left },
      { kind: 'changed', difference: left },
      { kind: 'failed', statement: 'DROP ROLE stayers', message: 'in use' },
    ]),
  ).toEqual([
    'the cluster could not be reset: role stayers is in it now only',
    "production's own server has changed, and is not reset: role stayers is in it now only",
    'the cluster could not be reset: DROP ROLE stayers: in use',
  ])
})

it('leaves out what is among the others', () => {
  const differences = compareValues('rows', { loans: 3, books: 1 }, { loans: 4, books: 2 })
  expect(without(differences, compareValues('rows', { loans: 3 }, { loans: 4 }))).toEqual([
    { kind: 'rows', name: 'books', before: 1, after: 2 },
  ])
})
