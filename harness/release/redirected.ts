import type { GuardSite } from './guards.ts'
import type { Release } from './release.ts'

/** A guard of the canonical release, with its file; `tier` is null in the rollback. */
export interface Guard extends GuardSite {
  readonly file: string
  readonly tier: string | null
}

/** The release as it runs on the clone: the canonical bytes but for the guards' literals. */
export interface Variant {
  readonly release: Release
  readonly from: string
  readonly to: string
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly guards: readonly Guard[]
  readonly rollbackGuards: readonly Guard[]
}
