/** Times of one thing, in milliseconds, in the order in which they were taken. */
export interface Sample {
  readonly roundsMs: readonly number[]
  readonly minMs: number
  readonly medianMs: number
}

/** How many times as long the first took as the second. */
export interface Ratio {
  readonly ofMinima: number
  readonly ofMedians: number
}

/** The least and the middle of at least one time; of an even number the middle is the mean of the middle two. */
export function summarise(roundsMs: readonly number[]): Sample {
  if (roundsMs.length === 0) throw new RangeError('no round was measured')
  const sorted = roundsMs.toSorted((left, right) => left - right)
  const half = Math.floor(sorted.length / 2)
  const upper = sorted[half]!
  const medianMs = sorted.length % 2 === 1 ? upper : (sorted[half - 1]! + upper) / 2
  return { roundsMs, minMs: sorted[0]!, medianMs }
}

export function ratioOf(first: Sample, second: Sample): Ratio {
  return { ofMinima: first.minMs / second.minMs, ofMedians: first.medianMs / second.medianMs }
}

/** A limit is kept where both ratios are within it; undefined limits are nobody's to keep. */
export function keepsLimit({ ofMinima, ofMedians }: Ratio, limit: number | null): boolean | null {
  return limit === null ? null : ofMinima <= limit && ofMedians <= limit
}
