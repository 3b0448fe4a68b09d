import { copyFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { freeBytes } from '../host/dump/disk.ts'
import { describeChangedIdentity, readIdentity } from '../production-access/identity.ts'
import { findTraces } from '../production-access/traces.ts'
import { describeMovedCounters, readWriteCounters } from '../production-access/write-counters.ts'
import { releaseSnapshot } from '../fingerprint/readers.ts'
import { judgeActivity } from '../production-access/activity.ts'
import { makeDirectory } from '../process/make-directory.ts'
import { countCompared, takeReading } from '../measure/reading.ts'
import { dropClones, withoutClones } from '../host/clone-server.ts'
import type { Step } from '../evidence/schema.ts'
import { describeDifferences } from '../comparison/describe-differences.ts'
import { closeClone } from '../host/proof-clone.ts'
import { required, type Outcome, type World } from '../stage/world.ts'

/**
 * Drops the clone, then reads production and golden again: both must be as they were at entry, in every respect. A
 * golden clone that could not be made is the golden act's matter: production is judged all the same.
 */
export async function performIsolation(world: World): Promise<Outcome> {
  const { config, reportProgress } = world
  const production = required(world.production, 'production')
  const { golden } = world
  const { facts: cleanUp, left } = await dropClone(world)
  // Where there is no clone, the reading for its dump is still kept.
  await releaseSnapshot(production.readers)

  reportProgress('measuring production and golden again')
  const [productionRead, goldenRead] = await Promise.all([
    takeReading(production.readers, { measures: config.measures, place: 'production' }),
    golden && takeReading(golden.readers, { measures: config.measures, place: 'elsewhere' }),
  ])
  const productionNow = withoutClones(world, productionRead)
  const goldenNow = goldenRead && withoutClones(world, goldenRead)
  const { leader } = production.readers
  const own = [production, golden].flatMap((place) =>
    place ? [place.readers.leader, place.readers.follower] : [],
  )
  const { superuser, owner } = world.source?.administration ?? {}
  const others = [superuser, owner].flatMap((entrance) => entrance?.user ?? [])
  const traces = await findTraces(leader, production.reader.user, own, others)
  const differing = await describeDifferences(
    'production at entry',
    production.reading,
    'production now',
    productionNow,
  )
  differing.push(...describeMovedCounters(production.counters, await readWriteCounters(leader)))
  const { activity = null } = production
  world.exit = { activity, changed: differing, left: traces }
  const { problems, doubt, changed } = judgeActivity(production.activity, differing)
  const goldenProblems =
    golden && goldenNow
      ? await describeDifferences('golden at entry', golden.reading, 'golden now', goldenNow)
      : []
  const net = golden && goldenProblems.length > 0 ? await saveNet(world, golden.dumpFile) : null
  return {
    ...(doubt === undefined ? { status: 'performed' } : { status: 'error', reason: doubt }),
    problems: [
      ...productionNow.contradictions,
      ...describeChangedIdentity(production.identity, await readIdentity(leader)),
      ...problems,
      ...traces.map((trace) => `left on production: ${trace}`),
      ...goldenProblems,
      ...left.map((what) => `the clone was left behind: ${what}`),
      ...(net === null ? [] : [`golden as it was before is saved in ${relative(world.root, net)}`]),
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
}

/** Facts of how the clone went, and what of it is left, one phrase each. */
async function dropClone(world: World): Promise<{ facts: Step['facts']; left: string[] }> {
  if (world.cloneServer === undefined) return { facts: { clone: 'never made' }, left: [] }
  if (world.keepsClone()) return { facts: { clone: 'kept' }, left: [] }
  await closeClone(world)
  const freeBytesBefore = await freeBytes(world.runDirectory)
  const left = await dropClones(world)
  return {
    facts: {
      clone: left.length === 0 ? 'dropped' : 'left behind',
      freeBytesBefore,
      freeBytesAfter: await freeBytes(world.runDirectory),
    },
    left,
  }
}

/** Golden was touched: its dump from before is what can bring it back, and must outlive the run. */
async function saveNet(world: World, dumpFile: string | null): Promise<string | null> {
  if (dumpFile === null) return null
  const target = join(world.outputDirectory, `${world.config.golden.database}.dump`)
  await makeDirectory(world.outputDirectory)
  await copyFile(dumpFile, target)
  return target
}
