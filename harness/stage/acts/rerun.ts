import { join } from 'node:path'
import { describeFailure, scriptErrorExit } from '../../executor/require-success.ts'
import { runScript } from '../../executor/run-script.ts'
import { compareSnapshots, takeSnapshot } from '../../measure/snapshot.ts'
import { describeDifferences } from '../describe-differences.ts'
import { required, type Outcome, type World } from '../world.ts'
import { variantDirectory } from './variant.ts'

/** Runs the release again, by a fresh psql: it must be refused, and change nothing, to the last sequence. */
export async function performRerun(world: World): Promise<Outcome> {
  const { config, installation, signal } = world
  const clone = required(world.clone, 'clone')
  const before = required(world.latest, 'clone')
  const hasApplied = config.release.tiers.some(({ id }) => {
    const step = world.steps.get(id)
    return step !== undefined && step.objects.created.length + Object.keys(step.rows).length > 0
  })
  if (!hasApplied)
    return { status: 'blocked', reason: 'no tier has changed anything that a second run could meet' }
  await world.run?.[Symbol.asyncDispose]()

  const result = await runScript({
    psql: join(installation.directory, 'psql'),
    directory: variantDirectory(world),
    file: config.release.executor,
    connection: clone.owner,
    signal,
  })
  world.latest = await takeSnapshot(clone.session, config.measures, 'elsewhere')
  return {
    status: 'performed',
    problems: [
      ...(result.exitCode === scriptErrorExit
        ? []
        : [`the second run was not refused: ${describeFailure(result) ?? 'psql exit 0'}`]),
      ...describeDifferences('the clone', before, 'the clone after the second run', world.latest),
    ],
    change: compareSnapshots(before, world.latest),
    notices: result.notices,
    sqlMs: result.durationMs,
    facts: { exitCode: result.exitCode, error: result.error === null ? null : { ...result.error } },
  }
}
