import { sumEffects } from './common/sum-effects.ts'
import { changedRelations } from '../fingerprint/row-diffs.ts'
import { takeReading } from '../measure/reading.ts'
import { readApplied } from './common/applied.ts'
import { describeDifferences } from '../comparison/describe-differences.ts'
import { required, type Outcome, type World } from '../stage/world.ts'
import { readIgnoringOwn } from './common/read-clone.ts'

/**
 * Reads the whole clone once more, every row of every table: it must be what the readings after the tiers, which
 * take over what was not written, have added up to; and the tiers' effects must add up to the release's.
 */
export async function performFullRead(world: World): Promise<Outcome> {
  const { config, reportProgress } = world
  const { readers, entry } = required(world.clone, 'clone')
  const gated = required(world.gated, 'clone with its gate open')
  const latest = required(world.latest, 'clone')
  reportProgress('reading every row of the clone')
  const whole = await readIgnoringOwn(world, () =>
    takeReading(readers, { measures: config.measures, place: 'elsewhere', entry }),
  )
  world.applied = await readApplied(world, whole)
  const effects = config.release.tiers.map(({ id }) => ({ id, effect: world.steps.get(id)?.effect ?? null }))
  const hashed = [...latest.fingerprint.contents.values()].filter(({ isHashed }) => isHashed)
  return {
    status: 'performed',
    problems: [
      ...(await describeDifferences('the readings tier by tier', latest, 'the whole reading', whole)),
      ...sumEffects(effects, gated, whole),
    ],
    change: { before: gated.figures, after: whole.figures },
    facts: {
      tablesRead: whole.fingerprint.contents.size,
      tablesTakenOverAfterLastTier: latest.fingerprint.contents.size - hashed.length,
      tablesChanged: changedRelations(gated.fingerprint, whole.fingerprint),
    },
  }
}
