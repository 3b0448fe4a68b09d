import type { Findings } from './results.ts'
import type { Site } from './site.ts'
import type { RoundSettings } from './side-by-side.ts'

/** One question of time, and how it is put. */
export interface Benchmark {
  /** As `--only` takes it. */
  readonly id: string
  readonly title: string
  readonly defaultRounds: number
  readonly measure: (site: Site, rounds: Omit<RoundSettings, 'warmUp'>) => Promise<Findings>
}
