import type { TierConfig } from '../config/rehearsal.ts'
import type { Step } from '../evidence/schema.ts'
import type { Leg } from '../executor/stepped-run.ts'
import { describePsqlError } from '../executor/require-success.ts'
import { sqlstate } from '../postgres/session.ts'
import { findMisprints } from '../measure/contradictions.ts'
import { startVariant } from './common/run-variant.ts'
import { required, type Outcome, type World } from '../stage/world.ts'
import { changeBetween, readClone } from './common/read-clone.ts'

/** Lets psql run one tier, to the boundary behind it, and measures the clone while psql waits there. */
export async function performTier(world: World, tier: TierConfig): Promise<Outcome> {
  const before = required(world.latest, 'clone')
  const isLast = world.config.release.tiers.at(-1) === tier
  world.run ??= world.cleanup.own('psql, which runs the release', await startVariant(world))
  const legs: Leg[] = [await world.run.next()]
  if (isLast && legs[0]!.kind === 'boundary') legs.push(await world.run.finish())
  const fault = legs.map((leg) => findFault(leg, tier, isLast)).find((reason) => reason !== undefined)

  const after = await readClone(world)
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
      ? { ...shared, status: 'error', reason: `${fault}\nhint: set TMPDIR to a directory with more room` }
      : { ...shared, status: 'failed', reason: fault }
  }
  return {
    ...shared,
    status: 'performed',
    problems: [
      ...legs
        .flatMap(({ error }) => error ?? [])
        .map((error) => `psql reported an error and went on: ${describePsqlError(error)}`),
      ...after.contradictions,
      ...(isLast ? after.missingViews : []).map((view) => `a declared view never came to be: ${view}`),
      ...findMisprints(notices, tier.prints ?? {}, after.figures),
    ],
  }
}

/** Why this leg is not the tier run to its end, or undefined where it is. */
function findFault(leg: Leg, tier: TierConfig, isLast: boolean): string | undefined {
  if (leg.kind === 'boundary') {
    return leg.tier === tier.id ? undefined : `psql passed ${tier.id} by and stands after ${leg.tier}`
  }
  if (isLast && leg.exitCode === 0 && !leg.skipped.includes(tier.id)) return undefined
  const how = leg.signal ?? `psql exit ${leg.exitCode}`
  return leg.error === null
    ? `psql ended (${how}) before ${tier.id} was through`
    : `${how}: ${describePsqlError(leg.error)}`
}

function describeLegs(tier: TierConfig, legs: readonly Leg[], last: Leg): Step['facts'] {
  const error = legs.find((leg) => leg.error !== null)?.error ?? null
  return {
    file: tier.file,
    output: legs.map((leg) => leg.output).join(''),
    error: error === null ? null : { ...error },
    exitCode: last.kind === 'exited' ? last.exitCode : null,
  }
}
