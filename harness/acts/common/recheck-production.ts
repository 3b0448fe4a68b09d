import { compareReadings } from '../../comparison/compare-readings.ts'
import { printDifferences } from '../../comparison/print-difference.ts'
import { releaseSnapshot } from '../../fingerprint/readers.ts'
import { withoutClones } from '../../host/host.ts'
import { takeReading } from '../../measure/reading.ts'
import { observeActivity, type Activity } from '../../production-access/activity.ts'
import type { Run } from './run.ts'
import type { Production } from '../baseline.ts'

/** Releases the dumped snapshot, and reads whether production has changed since. */
export async function recheckProduction(
  { config, servers }: Run,
  production: Production,
): Promise<{ activity: Activity; problems: readonly string[] }> {
  await releaseSnapshot(production.readers)
  const now = withoutClones(
    servers.host,
    await takeReading(production.readers, {
      measures: config.measures,
      place: 'production',
      earlier: production.reading,
    }),
  )
  const changes = printDifferences(
    await compareReadings(production.reading, now, { isNext: true }),
    'production at entry',
    'production before the release',
  )
  const { problems, ...activity } = observeActivity(config.production.activity, changes)
  return { activity, problems }
}
