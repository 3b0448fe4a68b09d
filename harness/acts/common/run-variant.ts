import { join } from 'node:path'
import { describeFailure } from '../../executor/require-success.ts'
import { startSteppedRun, type SteppedRun } from '../../executor/stepped-run.ts'
import type { ScriptResult } from '../../executor/run-script.ts'
import { runOnClone } from './run-on-clone.ts'
import { required, type World } from '../../stage/world.ts'

/** Where the variant's files stand during a run. */
export function variantDirectory({ runDirectory }: World): string {
  return join(runDirectory, 'variant')
}

/** Runs a file of the variant to its end; that it fails is a result. `options` as for {@link runOnClone}. */
export function runVariant(world: World, file: string, options?: string): Promise<ScriptResult> {
  return runOnClone(world, { directory: variantDirectory(world), file }, options)
}

/** Starts the variant, held before its first line, to be let go from tier to tier. */
export function startVariant(world: World): Promise<SteppedRun> {
  const { installation, config, signal, confinement } = world
  const { script, tiers } = config.release
  return startSteppedRun({
    psql: join(installation.directory, 'psql'),
    directory: variantDirectory(world),
    script,
    tiers,
    connection: required(world.clone, 'clone').releaseRole,
    signal,
    confinement,
  })
}

/** Runs the variant by a fresh psql; tells why it did not come to its end. */
export async function runExecutor(world: World, options?: string): Promise<string | undefined> {
  return describeFailure(await runVariant(world, world.config.release.script, options))
}

/** Runs the rollback by a fresh psql; that it fails is a result. */
export function runRollback(world: World): Promise<ScriptResult> {
  const { file } = world.config.release.rollback
  return runVariant(world, file)
}
