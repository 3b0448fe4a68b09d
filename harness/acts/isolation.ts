import { compareValues } from '../comparison/difference.ts'
import { copyFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { freeBytes } from '../restore/dump/disk.ts'
import { describeChangedIdentity, readIdentity } from '../production-access/identity.ts'
import { findTraces } from '../production-access/traces.ts'
import { readWriteCounters } from '../production-access/write-counters.ts'
import { releaseSnapshot } from '../fingerprint/readers.ts'
import { judgeActivity } from '../production-access/activity.ts'
import { makeDirectory } from '../process/make-directory.ts'
import { countCompared, takeReading, type Reading } from '../measure/reading.ts'
import { withoutClones } from '../host/host.ts'
import { compareReadings } from '../comparison/compare-readings.ts'
import { printDifferences } from '../comparison/print-difference.ts'
import { closeClone } from '../host/further-clone.ts'
import { defineAct } from './common/act.ts'
import type { Run } from './common/run.ts'
import { baseline, type Golden } from './baseline.ts'
import { clone } from './clone.ts'
import { goldenBackup } from './golden-backup.ts'

/**
 * Drops the clone, then reads production and golden again: both must be as they were at entry, in every respect. A
 * golden clone that could not be made is the golden act's matter: production is judged all the same.
 */
export const isolation = defineAct({
  id: 'isolation',
  title: 'clean-up, production and golden as before',
  folder: 'isolation',
  section: 'isolation',
  needs: { baseline },
  uses: { clone, goldenBackup },
  after: ['gate-revoke'],
  async perform(run, { baseline: { source, production, golden }, clone: made, goldenBackup: backup }) {
    const { config, access, servers, reportProgress } = run
    const { host } = servers
    const { facts: cleanUp, left } = await dropClone(run)
    // Where there is no clone, the reading for its dump is still kept.
    await releaseSnapshot(production.readers)

    reportProgress('measuring production and golden again')
    const [productionRead, goldenNow] = await Promise.all([
      takeReading(production.readers, { measures: config.measures, place: 'production' }),
      golden && takeReading(golden.readers, { measures: config.measures, place: 'elsewhere' }),
    ])
    const productionNow = withoutClones(host, productionRead)
    const { leader, follower } = production.readers
    const { superuser, owner } = source.administration ?? {}
    const others = [superuser, owner].flatMap((entrance) => entrance?.user ?? [])
    const traces = await findTraces(leader, production.reader.user, [follower], others)
    const differences = await compareReadings(production.reading, productionNow)
    const writes = compareValues('writes', production.counters, await readWriteCounters(leader))
    const differing = printDifferences([...differences, ...writes], 'production at entry', 'production now')
    const activity = made?.activity ?? null
    access.exit = { activity, changed: differing, left: traces }
    const { problems, doubt, changed } = judgeActivity(made?.activity, differing)
    const goldenProblems = golden && goldenNow ? await judgeGolden(golden, goldenNow) : []
    const net = golden && goldenProblems.length > 0 ? await saveNet(run, backup?.dumpFile ?? null) : null
    return {
      ...(doubt === undefined
        ? { status: 'performed' as const }
        : { status: 'error' as const, reason: doubt }),
      problems: [
        ...productionNow.contradictions,
        ...describeChangedIdentity('production', production.identity, await readIdentity(leader)),
        ...problems,
        ...traces.map((trace) => `left on production: ${trace}`),
        ...goldenProblems,
        ...left.map((what) => `the clone was left behind: ${what}`),
        ...(net === null ? [] : [`golden as it was before is saved in ${relative(run.root, net)}`]),
      ],
      change: { before: production.reading.figures, after: productionNow.figures },
      facts: {
        ...cleanUp,
        activity: activity ? `${activity.state}, ${activity.by}` : 'not observed',
        tracesLeft: traces,
        changedMeanwhile: [...changed],
        compared: countCompared(productionNow),
        goldenBefore: golden?.reading.figures ?? null,
        goldenAfter: goldenNow?.figures ?? null,
        goldenSavedTo: net,
      },
    }
  },
})

/** Everything by which golden, and its server, is not as it was; and what we have left there. */
async function judgeGolden(
  { readers, reader, reading, identity, counters }: Golden,
  now: Reading,
): Promise<string[]> {
  const { leader, follower } = readers
  const writes = compareValues('writes', counters, await readWriteCounters(leader))
  const traces = await findTraces(leader, reader.user, [follower])
  return [
    ...describeChangedIdentity('golden', identity, await readIdentity(leader)),
    ...printDifferences(
      [...(await compareReadings(reading, now)), ...writes],
      'golden at entry',
      'golden now',
    ),
    ...traces.map((trace) => `left on golden's server: ${trace}`),
  ]
}

interface CleanUpFacts {
  readonly clone: 'never made' | 'kept' | 'dropped' | 'left behind'
  /** On the disk of the clone, where it was dropped. */
  readonly freeBytesBefore?: number
  readonly freeBytesAfter?: number
}

/** Facts of how the clone went, and what of it is left, one phrase each. */
async function dropClone(run: Run): Promise<{ facts: CleanUpFacts; left: string[] }> {
  const { host } = run.servers
  if (host === undefined) return { facts: { clone: 'never made' }, left: [] }
  if (run.keepsClone()) return { facts: { clone: 'kept' }, left: [] }
  await closeClone(host)
  const freeBytesBefore = await freeBytes(run.runDirectory)
  const left = await run.servers.closeHost()
  return {
    facts: {
      clone: left.length === 0 ? 'dropped' : 'left behind',
      freeBytesBefore,
      freeBytesAfter: await freeBytes(run.runDirectory),
    },
    left,
  }
}

/** Golden was touched: its dump from before is what can bring it back, and must outlive the run. */
async function saveNet(run: Run, dumpFile: string | null): Promise<string | null> {
  if (dumpFile === null) return null
  const target = join(run.outputDirectory, `${run.config.golden?.database}.dump`)
  await makeDirectory(run.outputDirectory)
  await copyFile(dumpFile, target)
  return target
}
