import type { Cleanup } from '../process/cleanup.ts'
import type { PostgresInstallation } from '../cluster/find-binaries.mjs'
import type { Confinement } from '../confinement/confinement.ts'
import type { RehearsalConfig } from '../config/rehearsal.ts'
import { RehearsalError } from '../errors.ts'
import type { Certificate } from '../evidence/certificate.ts'
import type { Divergence, Notice, Step } from '../evidence/schema.ts'
import type { SteppedRun } from '../executor/stepped-run.ts'
import type { Activity } from '../production-access/activity.ts'
import type { Canary } from '../production-access/canary.ts'
import type { Identity } from '../production-access/identity.ts'
import type { ReaderRights } from '../production-access/rights/right.ts'
import type { SourceCluster } from '../source/scripts.ts'
import type { CloneStatementFilter } from '../production-access/statements/clone-statements-filter.ts'
import type { StatementFilter } from '../production-access/statements/statement-filter.ts'
import type { WriteCounters } from '../production-access/write-counters.ts'
import type { EntryCopy } from '../fingerprint/row-diffs.ts'
import type { Readers } from '../fingerprint/readers.ts'
import type { Reading } from '../measure/reading.ts'
import type { Applied } from '../acts/common/applied.ts'
import type { CloneServer } from '../host/clone-server.ts'
import type { EmptyServer } from '../host/local.ts'
import type { Connection } from '../postgres/connection.ts'
import type { Release } from '../release/release.ts'
import type { Variant } from '../release/variant.ts'
import type { TakenEscape } from '../confinement/escapes/check-escapes.ts'

export type Keep = 'never' | 'on-failure' | 'always'

/** A database as the harness reads it: sessions of its own, and how a spec's query gets in. */
export interface ReadDatabase {
  readonly readers: Readers
  readonly reader: Connection
}

export interface CloneDatabase extends ReadDatabase {
  readonly server: CloneServer
  /** The role that ships the release, by way of the relay. */
  readonly releaseRole: Connection
  readonly superuser: Connection
  /** Statements that give a copy of the clone what the clone has as a whole, as it was when it was made. */
  readonly settings: readonly string[]
  /** Columns (`table.column`) that were set to blank it. */
  readonly blankedColumns: readonly string[]
  /** The clone as it was when it was made, beside it. */
  readonly entry: EntryCopy
}

/** What a run was given, and the databases that the acts have made so far. Each act leaves what later ones need. */
export interface World {
  readonly root: string
  readonly config: RehearsalConfig
  readonly installation: PostgresInstallation
  readonly release: Release
  readonly variant: Variant
  /** Ways out of its database that the release takes, all of them allowed. */
  readonly escapes: readonly TakenEscape[]
  readonly runDirectory: string
  /** Key of the prepared cluster of production and golden. */
  readonly key: string
  /** Where files go that outlive the run, such as the dump of a golden clone that was touched. */
  readonly outputDirectory: string
  readonly cleanup: Cleanup
  readonly signal: AbortSignal
  /** Tells what a long step is at. */
  readonly reportProgress: (message: string) => void
  /** Tells what the reader should know at the end, too. */
  readonly note: (message: string) => void
  /** Whether the clone outlives the run, as it stands at that moment. */
  readonly keepsClone: () => boolean
  /** Ends when none of these acts is performed aside. */
  readonly asideSettled: (ids: readonly string[]) => Promise<void>
  readonly steps: ReadonlyMap<string, Step>
  readonly divergences: Divergence[]

  /** What was found of the rights in production and golden, also where it ended the run. */
  readonly rights: { production?: ReaderRights; golden?: ReaderRights }
  /** Stands before production's server from entry to exit. */
  statementFilter?: StatementFilter
  /** Stands before our own databases on production's server, where the clone is there. */
  cloneStatementFilter?: CloneStatementFilter | undefined
  /** Writes that were tried on production. */
  canaries?: readonly Canary[]
  /** What became of the ways from the clone to production. */
  escapeAttempts?: NonNullable<Certificate['escapeAttempts']>
  /** What production was found to be at exit. */
  exit?: NonNullable<Certificate['exit']>
  source?: SourceCluster
  /** The servers of production and of the clone, where they were started before an act needed them. */
  startingSource?: Promise<SourceCluster>
  emptyServer?: Promise<EmptyServer>
  production?: ReadDatabase & {
    readonly reading: Reading
    /** By which the dump sees the state that was read; the leader's transaction keeps it until the clone is made. */
    readonly snapshotName: string
    readonly identity: Identity
    readonly counters: WriteCounters
    readonly activity?: Activity
  }
  golden?: ReadDatabase & { readonly reading: Reading; readonly dumpFile: string | null }
  /** Why there is no golden clone. */
  goldenFault?: Error | undefined
  /** Made by the first act that needs it. */
  cloneServer?: CloneServer
  startingCloneServer?: Promise<CloneServer>
  /** What the clone's server, and psql on it, cannot get out of. */
  confinement?: Confinement
  clone?: CloneDatabase
  run?: SteppedRun
  /** The clone as it was read last, and at the two moments to which the rollback must return. */
  latest?: Reading
  entry?: Reading
  gated?: Reading
  /** The clone with every tier applied. */
  applied?: Applied
}

/** What an act or tier came to. Whatever it throws instead makes it an `error`. */
export interface Outcome {
  /** `blocked` where the act makes no sense on what the tiers left. */
  readonly status: 'performed' | 'failed' | 'error' | 'blocked'
  readonly reason?: string
  readonly problems?: readonly string[]
  readonly change?: Partial<Pick<Step, 'before' | 'after' | 'effect'>>
  readonly notices?: readonly Notice[]
  readonly facts?: Step['facts']
  readonly sqlMs?: number
}

/** A part of the world that an earlier act has made; its absence is a fault of the harness. */
export function required<T>(part: T | undefined, name: string): T {
  if (part !== undefined) return part
  throw new RehearsalError('EXECUTOR_FAILED', `the act that makes the ${name} was not performed`)
}
