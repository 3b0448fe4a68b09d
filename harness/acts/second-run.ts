import { defineAct } from './common/act.ts'
import { clone } from './clone.ts'
import { judgeRefusal } from './common/judge-refusal.ts'
import { changeBetween, readClone } from './common/read-clone.ts'
import { applyVariant } from './common/run-variant.ts'
import { firstTier } from './tier.ts'

/** Runs the release again, by a fresh psql: it must be refused, and change nothing, to the last sequence. */
export const secondRun = defineAct({
  id: 'second-run',
  title: 'second run refused',
  folder: 'second-run',
  section: 'second run and rollback',
  needs: { clone, firstTier },
  after: ['full-read'],
  async perform(run, { clone: { clone: stepped } }) {
    const before = stepped.latest
    const hasApplied = run.release.tiers.some(({ id }) => {
      const effect = run.steps.get(id)?.effect
      return effect != null && effect.objects.created.length + Object.keys(effect.tables).length > 0
    })
    if (!hasApplied)
      return {
        status: 'blocked' as const,
        reason: 'no tier has changed anything that a second run could encounter',
      }
    await stepped.psql?.[Symbol.asyncDispose]()

    const result = await applyVariant(run, stepped)
    const after = await readClone(run, stepped)
    return {
      status: 'performed' as const,
      problems: await judgeRefusal(result, before, after),
      change: changeBetween(before, after),
      notices: result.notices,
      sqlMs: result.durationMs,
      facts: { exitCode: result.exitCode, error: result.error === null ? null : { ...result.error } },
    }
  },
})
