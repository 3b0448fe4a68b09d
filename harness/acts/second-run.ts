import { judgeRefusal } from './common/judge-refusal.ts'
import { runVariant } from './common/run-variant.ts'
import { required, type Outcome, type World } from '../stage/world.ts'
import { changeBetween, readClone } from './common/read-clone.ts'

/** Runs the release again, by a fresh psql: it must be refused, and change nothing, to the last sequence. */
export async function performSecondRun(world: World): Promise<Outcome> {
  const { config } = world
  const before = required(world.latest, 'clone')
  const hasApplied = config.release.tiers.some(({ id }) => {
    const effect = world.steps.get(id)?.effect
    return effect != null && effect.objects.created.length + Object.keys(effect.tables).length > 0
  })
  if (!hasApplied)
    return { status: 'blocked', reason: 'no tier has changed anything that a second run could meet' }
  await world.run?.[Symbol.asyncDispose]()

  const result = await runVariant(world, config.release.script)
  const after = await readClone(world)
  return {
    status: 'performed',
    problems: await judgeRefusal(result, before, after),
    change: changeBetween(before, after),
    notices: result.notices,
    sqlMs: result.durationMs,
    facts: { exitCode: result.exitCode, error: result.error === null ? null : { ...result.error } },
  }
}
