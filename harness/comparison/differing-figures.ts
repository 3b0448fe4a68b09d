import { isDeepStrictEqual } from 'node:util'

/** Names whose value is not the same on both sides; `null` for a side that lacks the name. */
export function differences<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): Record<string, { before: T | null; after: T | null }> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return Object.fromEntries(
    names
      .map((name) => [name, { before: before[name] ?? null, after: after[name] ?? null }] as const)
      .filter(([, sides]) => !isDeepStrictEqual(sides.before, sides.after)),
  )
}
