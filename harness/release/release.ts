import type { ReleaseFile } from '../evidence/schema.ts'

/** One configured tier. `guarded`: the tier (with what it includes) holds exactly one database guard. */
export interface TierSettings {
  readonly id: string
  /** Relative to the release's directory, with forward slashes. */
  readonly file: string
  readonly guarded: boolean
}

export interface ReleaseSettings {
  readonly directory: string
  readonly executor: string
  readonly rollback: string
  readonly tiers: readonly TierSettings[]
}

/** The canonical release: every file that psql reads in it, byte by byte. Paths are relative to `directory`. */
export interface Release extends ReleaseSettings {
  /** In the order in which psql reads them; the rollback last. A file that a tier includes has the tier's role. */
  readonly files: readonly ReleaseFile[]
  readonly bytes: ReadonlyMap<string, Uint8Array>
  /** Path → id of the tier that it belongs to. */
  readonly tierOf: ReadonlyMap<string, string>
}

export async function readRelease(_settings: ReleaseSettings): Promise<Release> {
  throw new Error('to come')
}
