import type { RehearsalConfig } from '../config/rehearsal.ts'
import type { Confinement } from '../confinement/confinement.ts'
import type { Connection } from '../postgres/connection.ts'
import type { Release } from '../release/release.ts'
import type { ScriptResult } from './run-script.ts'
import type { SteppedRun } from './leg.ts'

/** Where a release is applied, and by which files. */
export interface Target {
  /** Path of the psql program. */
  readonly psql: string
  /** Where the files of the release's variant stand. */
  readonly directory: string
  /** The release role's, by way of the proxy. */
  readonly connection: Connection
  readonly signal?: AbortSignal | undefined
  /** What its processes must not get out of. */
  readonly confinement?: Confinement | undefined
}

/** What applies a release. That the release fails is a result, never a throw. */
export interface Executor {
  readonly id: string
  matches(config: RehearsalConfig): boolean
  /** Whether it can be held after each tier; else a release has one tier, which is all of it. */
  readonly canStep: boolean
  /** Starts the release, held before its first tier. */
  start(release: Release, on: Target): Promise<SteppedRun>
  /** Applies the release as it ships; `options` are settings of its sessions, as PGOPTIONS takes them. */
  run(release: Release, on: Target, options?: string): Promise<ScriptResult>
  /** Takes the release back. */
  rollBack(release: Release, on: Target): Promise<ScriptResult>
}
