import { describeDifferences } from '../../comparison/describe-differences.ts'
import { releaseSnapshot } from '../../fingerprint/readers.ts'
import { observeActivity, type Activity } from '../../production-access/activity.ts'
import { takeReading } from '../../measure/reading.ts'
import { withoutClones } from '../../host/clone-server.ts'
import { required, type World } from '../../stage/world.ts'

/** Lets production go on from the state that was dumped, and reads whether it did. */
export async function recheckProduction(
  world: World,
): Promise<{ activity: Activity; problems: readonly string[] }> {
  const production = required(world.production, 'production')
  const { measures, production: declared } = world.config
  await releaseSnapshot(production.readers)
  const now = withoutClones(
    world,
    await takeReading(production.readers, { measures, place: 'production', earlier: production.reading }),
  )
  const changes = await describeDifferences(
    'production at entry',
    production.reading,
    'production before the release',
    now,
    { isNext: true },
  )
  const { problems, ...activity } = observeActivity(declared.activity, changes)
  world.production = { ...production, activity }
  return { activity, problems }
}
