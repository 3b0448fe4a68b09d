import type { TierConfig } from '../config/rehearsal.ts'
import type { Leg } from '../executor/leg.ts'
import type { PsqlError } from '../executor/psql-messages.ts'
import { describePsqlError } from '../executor/require-success.ts'
import { sqlstate } from '../postgres/session.ts'
import { findMisprints } from '../measure/contradictions.ts'
import { startVariant } from './common/run-variant.ts'
import type { Clone } from '../host/host.ts'
import { defineAct, type AnyAct } from './common/act.ts'
import type { Run } from './common/run.ts'
import { clone } from './clone.ts'
import { changeBetween, readClone } from './common/read-clone.ts'

/** A tier of the release as a step of the rehearsal. `previous` must have been performed. */
export function tierAct(tier: TierConfig, previous: AnyAct): AnyAct {
  return defineAct({
    id: tier.id,
    title: tier.title,
    folder: 'tiers',
    section: 'run result',
    needsSpec: true,
    needs: { clone, previous },
    perform: (run, { clone: { clone: stepped } }) => performTier(run, stepped, tier),
  })
}

/** Stands for the first tier of the release, whichever that is, in what an act needs. */
export const firstTier = standIn('(first tier)')
/** Stands for the last tier. */
export const lastTier = standIn('(last tier)')

function standIn<const Id extends string>(id: Id) {
  return defineAct({
    id,
    title: id,
    folder: 'tiers',
    section: 'run result',
    needs: {},
    perform: () => Promise.reject(new Error(`${id} only stands for a tier`)),
  })
}

/** Lets psql run one tier, to the breakpoint behind it, and measures the clone while psql waits there. */
async function performTier(run: Run, stepped: Clone, tier: TierConfig) {
  const before = stepped.latest
  const isLast = run.config.release.tiers.at(-1) === tier
  stepped.psql ??= run.cleanup.own('psql, which runs the release', await startVariant(run, stepped))
  const legs: Leg[] = [await stepped.psql.next()]
  if (isLast && legs[0]!.kind === 'boundary') legs.push(await stepped.psql.finish())
  const fault = legs.map((leg) => findFault(leg, tier, isLast)).find((reason) => reason !== undefined)

  const after = await readClone(run, stepped)
  const notices = legs.flatMap((leg) => leg.notices)
  const last = legs.at(-1)!
  const shared = {
    change: changeBetween(before, after),
    notices,
    sqlMs: legs[0]!.durationMs,
    facts: describeLegs(tier, legs, last),
  }
  if (fault !== undefined) {
    const isFull = legs.some(({ error }) => error?.sqlstate === sqlstate.diskFull)
    return isFull
      ? {
          ...shared,
          status: 'error' as const,
          reason: `${fault}\nhint: set TMPDIR to a directory with more room`,
        }
      : { ...shared, status: 'failed' as const, reason: fault }
  }
  return {
    ...shared,
    status: 'performed' as const,
    problems: [
      ...legs
        .flatMap(({ error }) => error ?? [])
        .map((error) => `psql reported an error and continued: ${describePsqlError(error)}`),
      ...after.contradictions,
      ...(isLast ? after.missingViews : []).map((view) => `a declared view was never created: ${view}`),
      ...findMisprints(notices, tier.prints ?? {}, after.figures),
    ],
  }
}

/** Why this leg is not the tier run to its end, or undefined where it is. */
function findFault(leg: Leg, tier: TierConfig, isLast: boolean): string | undefined {
  if (leg.kind === 'boundary') {
    return leg.tier === tier.id ? undefined : `psql skipped ${tier.id} and is waiting after ${leg.tier}`
  }
  if (isLast && leg.exitCode === 0 && !leg.skipped.includes(tier.id)) return undefined
  const how = leg.signal ?? `psql exit ${leg.exitCode}`
  return leg.error === null
    ? `psql ended (${how}) before ${tier.id} was complete`
    : `${how}: ${describePsqlError(leg.error)}`
}

/** What a tier records beside figures and effect. */
export interface TierFacts {
  readonly file: string
  /** What psql printed on standard output. */
  readonly output: string
  readonly error: PsqlError | null
  /** Of psql, where it has ended. */
  readonly exitCode: number | null
}

function describeLegs(tier: TierConfig, legs: readonly Leg[], last: Leg): TierFacts {
  const error = legs.find((leg) => leg.error !== null)?.error ?? null
  return {
    file: tier.file,
    output: legs.map((leg) => leg.output).join(''),
    error: error === null ? null : { ...error },
    exitCode: last.kind === 'exited' ? last.exitCode : null,
  }
}
