import type { Timed } from './results.ts'

/** One of the things that are measured beside each other. */
export interface Contender {
  readonly what: string
  /** What each round needs, and is not measured. */
  readonly prepare?: () => Promise<unknown>
  readonly run: () => Promise<unknown>
}

export interface RoundSettings {
  readonly rounds: number
  /** Whether a round goes before that is not counted, so that nobody pays for cold caches. */
  readonly warmUp: boolean
  readonly signal: AbortSignal
  /** Hears which round begins. */
  readonly reportProgress: (message: string) => void
}

/** Runs the contenders in turn, A B A B …, so that whatever slows the machine down slows down each of them. */
export async function measureSideBySide<const Contenders extends readonly Contender[]>(
  contenders: Contenders,
  { rounds, warmUp, signal, reportProgress }: RoundSettings,
): Promise<{ -readonly [Index in keyof Contenders]: Timed }> {
  const times = contenders.map(() => [] as number[])
  for (let round = warmUp ? 0 : 1; round <= rounds; round += 1) {
    reportProgress(round === 0 ? 'warming up' : `round ${round} of ${rounds}`)
    for (const [index, { prepare, run }] of contenders.entries()) {
      signal.throwIfAborted()
      await prepare?.()
      const startedAt = performance.now()
      await run()
      if (round > 0) times[index]!.push(performance.now() - startedAt)
    }
  }
  return contenders.map(({ what }, index) => ({ what, roundsMs: times[index]! })) as unknown as {
    -readonly [Index in keyof Contenders]: Timed
  }
}
