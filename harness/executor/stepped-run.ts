import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Confinement } from '../confinement/confinement.ts'
import type { Notice } from '../evidence/schema.ts'
import type { Connection } from '../postgres/connection.ts'
import { checkTierOrder } from '../release/check-tier-order.ts'
import { decodeScript } from '../release/read-text.ts'
import { driveBreakpoints } from './drive-breakpoints.ts'
import { addBreakpoints } from './breakpoints.ts'
import type { PsqlError } from './psql-messages.ts'
import { startPsql } from './psql-process.ts'

export interface SteppedRunSettings {
  readonly psql: string
  /** Where the release's files stand, as `writeVariant` left them. */
  readonly directory: string
  readonly script: string
  readonly tiers: readonly { readonly id: string; readonly file: string }[]
  readonly connection: Connection
  /** Ends psql wherever it is, as disposing of the run does. */
  readonly signal?: AbortSignal | undefined
  readonly confinement?: Confinement | undefined
}

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

/** psql stands after `tier`. */
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

/**
 * Starts psql on the script and holds it before the first line; each `next` lets it run one tier. Throws
 * EXECUTOR_FAILED where psql cannot start, RELEASE_UNREADABLE where the script does not include the tiers in order,
 * and the signal's reason where it has aborted.
 */
export async function startSteppedRun(settings: SteppedRunSettings): Promise<SteppedRun> {
  const { directory, script, signal } = settings
  const text = decodeScript(script, await readFile(join(directory, script)))
  const tag = `breakpoint-${randomBytes(16).toString('hex')}`
  const stepped = addBreakpoints(text, checkTierOrder(settings, text), tag)
  const psql = startPsql({
    psql: settings.psql,
    directory,
    file: script,
    source: '-',
    connection: settings.connection,
    confinement: settings.confinement,
    hasBreakpoints: true,
  })
  await Promise.race([new Promise((resolve) => psql.child.once('spawn', resolve)), psql.ended])
  const ids = settings.tiers.map((tier) => tier.id)
  const run = driveBreakpoints({ ids, psql, text: stepped, tag })
  const stop = () => run[Symbol.asyncDispose]()
  const interrupt = () => void stop()
  signal?.addEventListener('abort', interrupt, { once: true })
  psql.ended.finally(() => signal?.removeEventListener('abort', interrupt)).catch(() => undefined)
  if (signal?.aborted === true) await stop()
  signal?.throwIfAborted()
  return run
}
