import { describe, expect, it } from 'vitest'
import { makeRowDiff, rowChangeBetween, sampleKeys, unchanged, withoutKey, type RowDiff } from './row-diff.ts'
import type { HashedRow } from './rows.ts'

/** `key=hash` each, or a hash alone for a row without a key. */
function rows(...texts: readonly string[]): HashedRow[] {
  return texts.map((text) => {
    const [first = '', second] = text.split('=')
    return second === undefined ? { key: null, hash: first } : { key: first, hash: second }
  })
}

function countChange(before: RowDiff, after: RowDiff) {
  const rows = rowChangeBetween(before, after)
  const { onlyFirst, onlySecond, changed } = rows
  return {
    inserted: onlySecond.length,
    updated: changed.length,
    deleted: onlyFirst.length,
    keys: sampleKeys(rows),
  }
}

const none = { inserted: 0, updated: 0, deleted: 0, keys: [] }

describe('the difference of a table with a key', () => {
  it('holds the rows that are not as they were, by their keys', () => {
    expect(makeRowDiff(rows('1=a', '2=b', '3=c'), rows('4=d', '3=c', '2=x'))).toEqual({
      keyed: true,
      rows: new Map([
        ['1', { entry: 'a', now: null }],
        ['2', { entry: 'b', now: 'x' }],
        ['4', { entry: null, now: 'd' }],
      ]),
    })
  })

  it('is none for the same rows in another order', () => {
    expect(makeRowDiff(rows('1=a', '2=a'), rows('2=a', '1=a'))).toEqual(unchanged)
  })

  it('tells rows of the same content under exchanged keys', () => {
    const change = countChange(unchanged, makeRowDiff(rows('1=a', '2=b'), rows('1=b', '2=a')))
    expect(change).toEqual({ ...none, updated: 2, keys: ['1', '2'] })
  })
})

describe('the difference of a table without a key', () => {
  it('holds how many more of each content there are', () => {
    expect(makeRowDiff(rows('a', 'a', 'b', 'c'), rows('a', 'b', 'b', 'c'))).toEqual({
      keyed: false,
      surplus: new Map([
        ['b', 1],
        ['a', -1],
      ]),
    })
  })

  it('is told by whole rows where only one side has a key', () => {
    const delta = makeRowDiff(rows('1=a', '2=b'), rows('a', 'c'))
    expect(countChange(unchanged, delta)).toEqual({ ...none, inserted: 1, deleted: 1 })
  })
})

describe('the change between two states', () => {
  const entry = rows('1=a', '2=b', '3=c')

  it.each([
    ['nothing to nothing', rows('1=a', '2=b', '3=c'), rows('1=a', '2=b', '3=c'), none],
    [
      'a change and back',
      rows('1=x', '2=b', '3=c'),
      rows('1=a', '2=b', '3=c'),
      { ...none, updated: 1, keys: ['1'] },
    ],
    [
      'a change of a change',
      rows('1=x', '2=b', '3=c'),
      rows('1=y', '2=b', '3=c'),
      { ...none, updated: 1, keys: ['1'] },
    ],
    ['the same change', rows('1=x', '2=b', '3=c'), rows('1=x', '2=b', '3=c'), none],
    [
      'a row that went and came back',
      rows('2=b', '3=c'),
      rows('1=a', '2=b', '3=c'),
      { ...none, inserted: 1, keys: ['1'] },
    ],
    [
      'a row that came back otherwise',
      rows('2=b', '3=c'),
      rows('1=x', '2=b', '3=c'),
      { ...none, inserted: 1, keys: ['1'] },
    ],
    ['a new row that goes again', [...entry, ...rows('4=d')], entry, { ...none, deleted: 1, keys: ['4'] }],
    ['a change and all gone', rows('1=x', '2=b', '3=c'), [], { ...none, deleted: 3, keys: ['1', '2', '3'] }],
  ])('is exact from %s', (_what, before, after, change) => {
    expect(countChange(makeRowDiff(entry, before), makeRowDiff(entry, after))).toEqual(change)
  })

  it('is exact by whole rows where only one of the two is told by keys', () => {
    const [keyed, unkeyed] = [
      makeRowDiff(entry, rows('1=x', '2=b', '3=c')),
      makeRowDiff(entry, rows('x', 'b', 'b')),
    ]
    expect(countChange(keyed, unkeyed)).toEqual({ ...none, inserted: 1, deleted: 1 })
    expect(countChange(unkeyed, keyed)).toEqual({ ...none, inserted: 1, deleted: 1 })
    expect(countChange(keyed, withoutKey(keyed))).toEqual(none)
  })

  it('shows five keys at most, and counts all rows', () => {
    const many = rows('1=a', '2=a', '3=a', '4=a', '5=a', '6=a', '7=a')
    expect(countChange(unchanged, makeRowDiff([], many))).toEqual({
      ...none,
      inserted: 7,
      keys: ['1', '2', '3', '4', '5'],
    })
  })
})
