import type { PostgresInstallation } from '../cluster/find-binaries.mjs'
import type { RehearsalConfig } from '../config/rehearsal.ts'
import type { Executor } from '../executor/executor.ts'
import type { Cleanup } from '../process/cleanup.ts'
import type { Release } from '../release/release.ts'

/** What sources and hosts are given to start servers for one run. */
export interface RunSettings {
  /** The project's directory, to which the configuration's paths are relative. */
  readonly root: string
  readonly config: RehearsalConfig
  readonly installation: PostgresInstallation
  /** Holds the directories of the servers. */
  readonly runDirectory: string
  readonly cleanup: Cleanup
  readonly signal: AbortSignal
  readonly release: Release
  readonly executor: Executor
  readonly reportProgress: (message: string) => void
  /** Adds to the lines that the reader sees at the end. */
  readonly note: (message: string) => void
}
