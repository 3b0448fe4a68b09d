import type { PostgresInstallation } from '../cluster/find-binaries.mjs'
import type { Cleanup } from '../process/cleanup.ts'
import type { RehearsalConfig } from './rehearsal.ts'

/** What sources and hosts are given to start servers for one run. */
export interface RunSettings {
  /** The project's directory, to which the configuration's paths are relative. */
  readonly root: string
  readonly config: RehearsalConfig
  readonly installation: PostgresInstallation
  readonly runDirectory: string
  readonly cleanup: Cleanup
  readonly signal: AbortSignal
  readonly reportProgress: (message: string) => void
  /** Adds to the lines that the reader sees at the end. */
  readonly note: (message: string) => void
}
