import { describeDifferences } from '../../comparison/describe-differences.ts'
import { releaseSnapshot } from '../../fingerprint/readers.ts'
import { observeActivity, type Activity } from '../../production-access/activity.ts'
import { takeSnapshot } from '../../measure/reading.ts'
import { withoutClones } from '../../host/clone-server.ts'
import { required, type World } from '../../stage/world.ts'

/** Lets production go on from the state that was dumped, and reads whether it did. */
export async function lookAgain(world: World): Promise<{ activity: Activity; problems: readonly string[] }> {
  const production = required(world.production, 'production')
  const { measures, production: declared } = world.config
  await releaseSnapshot(production.readers)
  const now = withoutClones(
    world,
    await takeSnapshot(production.readers, { measures, place: 'production', earlier: production.snapshot }),
  )
  const changes = await describeDifferences(
    'production at entry',
    production.snapshot,
    'production before the release',
    now,
    { isNext: true },
  )
  const { problems, ...activity } = observeActivity(declared.activity, changes)
  world.production = { ...production, activity }
  return { activity, problems }
}
