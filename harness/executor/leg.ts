import type { Notice } from '../evidence/schema.ts'
import type { PsqlError } from './psql-messages.ts'

interface LegBase {
  readonly notices: readonly Notice[]
  /** What psql wrote to standard output, without the breakpoints' own text. */
  readonly output: string
  /** The last error reported, also where the script went on after it. */
  readonly error: PsqlError | null
  /** From letting psql go to its arrival. */
  readonly durationMs: number
  /** Tiers that psql passed by without running them to their end (a false `\if`). */
  readonly skipped: readonly string[]
}

/** psql waits after `tier`. */
export interface BoundaryLeg extends LegBase {
  readonly kind: 'boundary'
  readonly tier: string
}

/** psql has ended; `tier` is the one that it was in, null between tiers and after the last. */
export interface ExitedLeg extends LegBase {
  readonly kind: 'exited'
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly tier: string | null
}

export type Leg = BoundaryLeg | ExitedLeg

export interface SteppedRun extends AsyncDisposable {
  /** Lets psql go on to the next boundary, or to its end. Throws EXECUTOR_FAILED where psql has ended already. */
  next(): Promise<Leg>
  /** Lets psql run from the last boundary to its end; gives the same leg again where it has ended. */
  finish(): Promise<ExitedLeg>
  /** Ends psql wherever it is, so that the server rolls back; safe at any time. */
  [Symbol.asyncDispose](): Promise<void>
}
