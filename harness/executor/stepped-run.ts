import type { SteppedRun } from './leg.ts'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Confinement } from '../confinement/confinement.ts'
import type { Connection } from '../postgres/connection.ts'
import { checkTierOrder } from '../release/check-tier-order.ts'
import { decodeScript } from '../release/read-text.ts'
import { driveBreakpoints } from './drive-breakpoints.ts'
import { addBreakpoints } from './breakpoints.ts'
import { startPsql } from './psql-process.ts'

export interface SteppedRunSettings {
  readonly psql: string
  /** The directory of the release's files, as `writeVariant` wrote them. */
  readonly directory: string
  readonly script: string
  readonly tiers: readonly { readonly id: string; readonly file: string }[]
  readonly connection: Connection
  /** Ends psql wherever it is, as disposing of the run does. */
  readonly signal?: AbortSignal | undefined
  readonly confinement?: Confinement | undefined
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
