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

/** Rows that lie between two states, with the first keys of each kind. */
export interface RowChange {
  readonly inserted: number
  readonly updated: number
  readonly deleted: number
  /** A few keys of rows that changed, for a reader. */
  readonly keys: readonly string[]
}

const mostKeys = 5

/** What lies between two states of a relation, each told by its difference from entry. */
export function changeBetween(before: RowDiff, after: RowDiff): RowChange {
  if (!isKeyed(before) || !isKeyed(after)) return countUnkeyed(toSurplus(before), toSurplus(after))
  const counts = { inserted: 0, updated: 0, deleted: 0 }
  const keys: string[] = []
  for (const key of new Set([...before.rows.keys(), ...after.rows.keys()])) {
    const [was, is] = [before.rows.get(key), after.rows.get(key)]
    // A row that one of the two does not tell is there as it was at entry.
    const first = was === undefined ? is!.entry : was.now
    const second = is === undefined ? was!.entry : is.now
    if (first === second) continue
    counts[first === null ? 'inserted' : second === null ? 'deleted' : 'updated']++
    if (keys.length < mostKeys) keys.push(key)
  }
  return { ...counts, keys }
}

function countUnkeyed(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): RowChange {
  let [inserted, deleted] = [0, 0]
  for (const hash of new Set([...before.keys(), ...after.keys()])) {
    const change = (after.get(hash) ?? 0) - (before.get(hash) ?? 0)
    if (change > 0) inserted += change
    else deleted -= change
  }
  return { inserted, updated: 0, deleted, keys: [] }
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
