import { compareReadings } from '../comparison/compare-readings.ts'
import { printDifferences } from '../comparison/print-difference.ts'
import { changedRelations } from '../fingerprint/row-diffs.ts'
import { readIgnoringOwn } from '../host/host.ts'
import { takeReading } from '../measure/reading.ts'
import { defineAct } from './common/act.ts'
import { clone } from './clone.ts'
import { readApplied } from './common/applied.ts'
import { sumEffects } from './common/sum-effects.ts'
import { gate } from './gate.ts'
import { lastTier } from './tier.ts'

/**
 * Reads the whole clone once more, every row of every table: it must be what the readings after the tiers, which
 * take over what was not written, have added up to; and the tiers' effects must add up to the release's.
 */
export const fullRead = defineAct({
  id: 'full-read',
  title: 'every row read: the tiers add up',
  folder: 'full-read',
  section: 'proofs',
  needs: { clone, gate, lastTier },
  async perform(run, { clone: { clone: stepped }, gate: opened }) {
    const gated = opened?.reading ?? stepped.entry.reading
    const { config, reportProgress } = run
    const { readers, entry, latest, superuser } = stepped
    reportProgress('reading every row of the clone')
    const whole = await readIgnoringOwn(stepped.host, superuser.database, () =>
      takeReading(readers, { measures: config.measures, place: 'elsewhere', entry }),
    )
    const effects = run.release.tiers.map(({ id }) => ({ id, effect: run.steps.get(id)?.effect ?? null }))
    const hashed = [...latest.fingerprint.contents.values()].filter(({ isHashed }) => isHashed)
    return {
      status: 'performed' as const,
      gives: { applied: await readApplied(run, stepped, whole) },
      problems: [
        ...printDifferences(
          await compareReadings(latest, whole),
          'the readings tier by tier',
          'the whole reading',
        ),
        ...sumEffects(effects, gated, whole),
      ],
      change: { before: gated.figures, after: whole.figures },
      facts: {
        tablesRead: whole.fingerprint.contents.size,
        tablesTakenOverAfterLastTier: latest.fingerprint.contents.size - hashed.length,
        tablesChanged: changedRelations(gated.fingerprint, whole.fingerprint),
      },
    }
  },
})
