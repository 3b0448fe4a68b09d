import type { HashedRow } from './rows.ts'

/**
 * How a relation differs from what it was at entry. `rows`: key → hash at entry and now, null where the row is not
 * there; for a relation without a key, or whose key is another now, hash → how many more of it there are now.
 */
export type RowDiff =
  | {
      readonly keyed: true
      readonly rows: ReadonlyMap<string, { readonly entry: string | null; readonly now: string | null }>
    }
  | { readonly keyed: false; readonly surplus: ReadonlyMap<string, number> }

/** A relation as it was at entry. */
export const unchanged: RowDiff = { keyed: true, rows: new Map() }

/** Compares rows of entry and now; rows that both have may be left out on both sides. */
export function makeRowDiff(entry: readonly HashedRow[], now: readonly HashedRow[]): RowDiff {
  if ([...entry, ...now].some(({ key }) => key === null)) {
    return { keyed: false, surplus: countSurplus(entry, now) }
  }
  const rows = new Map<string, { entry: string | null; now: string | null }>()
  for (const { key, hash } of entry) rows.set(key!, { entry: hash, now: null })
  for (const { key, hash } of now) {
    const known = rows.get(key!)
    if (known?.entry === hash) rows.delete(key!)
    else rows.set(key!, { entry: known?.entry ?? null, now: hash })
  }
  return { keyed: true, rows }
}

function countSurplus(entry: readonly HashedRow[], now: readonly HashedRow[]): Map<string, number> {
  const surplus = new Map<string, number>()
  for (const { hash } of now) surplus.set(hash, (surplus.get(hash) ?? 0) + 1)
  for (const { hash } of entry) surplus.set(hash, (surplus.get(hash) ?? 0) - 1)
  return withoutZeros(surplus)
}

/** Rows in which two states of a relation differ, by their keys; `keyed: false`: by a hash for each of them. */
export interface RowChange {
  readonly onlyFirst: string[]
  readonly onlySecond: string[]
  /** In both by key, with other content. */
  readonly changed: string[]
  readonly keyed: boolean
}

/** What lies between two states of a relation, each given by its difference from entry. */
export function rowChangeBetween(before: RowDiff, after: RowDiff): RowChange {
  const [onlyFirst, onlySecond, changed]: [string[], string[], string[]] = [[], [], []]
  const keyed = isKeyed(before) && isKeyed(after)
  if (keyed) {
    for (const key of new Set([...before.rows.keys(), ...after.rows.keys()])) {
      const [was, is] = [before.rows.get(key), after.rows.get(key)]
      // A row that one of the two does not name is there as it was at entry.
      const first = was === undefined ? is!.entry : was.now
      const second = is === undefined ? was!.entry : is.now
      if (first !== second) (first === null ? onlySecond : second === null ? onlyFirst : changed).push(key)
    }
  } else {
    const [was, is] = [toSurplus(before), toSurplus(after)]
    for (const hash of new Set([...was.keys(), ...is.keys()])) {
      const more = (is.get(hash) ?? 0) - (was.get(hash) ?? 0)
      const side = more > 0 ? onlySecond : onlyFirst
      for (let count = Math.abs(more); count > 0; count--) side.push(hash)
    }
  }
  return { onlyFirst, onlySecond, changed, keyed }
}

export function countRows({ onlyFirst, onlySecond, changed }: RowChange): number {
  return onlyFirst.length + onlySecond.length + changed.length
}

const mostKeys = 5

/** A few keys of rows that differ, for a reader; none where there is no key. */
export function sampleKeys({ onlyFirst, onlySecond, changed, keyed }: RowChange): string[] {
  const keys = [onlySecond, changed, onlyFirst].flatMap((side) => side.slice(0, mostKeys))
  return keyed ? keys.slice(0, mostKeys) : []
}

/** The same difference, told by whole rows. */
export function withoutKey(delta: RowDiff): RowDiff {
  return { keyed: false, surplus: toSurplus(delta) }
}

function isKeyed(delta: RowDiff): delta is Extract<RowDiff, { keyed: true }> {
  return delta.keyed
}

function toSurplus(delta: RowDiff): ReadonlyMap<string, number> {
  if (!isKeyed(delta)) return delta.surplus
  const surplus = new Map<string, number>()
  for (const { entry, now } of delta.rows.values()) {
    if (entry !== null) surplus.set(entry, (surplus.get(entry) ?? 0) - 1)
    if (now !== null) surplus.set(now, (surplus.get(now) ?? 0) + 1)
  }
  return withoutZeros(surplus)
}

function withoutZeros(counts: ReadonlyMap<string, number>): Map<string, number> {
  return new Map([...counts].filter(([, count]) => count !== 0))
}
