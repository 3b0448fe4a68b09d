import { join } from 'node:path'
import type { RehearsalConfig } from '../../config/rehearsal.ts'
import type { NotShown } from '../../evidence/schema.ts'
import { describeFailure } from '../../executor/require-success.ts'
import { startSteppedRun, type SteppedRun } from '../../executor/stepped-run.ts'
import type { ScriptResult } from '../../executor/run-script.ts'
import { runOnClone } from './run-on-clone.ts'
import type { Clone } from '../../host/host.ts'
import type { Run } from './run.ts'

/** Where the variant's files stand during a run. */
export function variantDirectory({ runDirectory }: Pick<Run, 'runDirectory'>): string {
  return join(runDirectory, 'variant')
}

/** Runs a file of the variant to its end; that it fails is a result. `options` as for {@link runOnClone}. */
export function runVariant(run: Run, clone: Clone, file: string, options?: string): Promise<ScriptResult> {
  return runOnClone(run, clone, { directory: variantDirectory(run), file }, options)
}

/** Starts the variant, held before its first line, to be let go from tier to tier. */
export function startVariant(run: Run, clone: Clone): Promise<SteppedRun> {
  const { installation, config, signal } = run
  const { script, tiers } = config.release
  return startSteppedRun({
    psql: join(installation.directory, 'psql'),
    directory: variantDirectory(run),
    script,
    tiers,
    connection: clone.releaseRole,
    signal,
    confinement: clone.host.confinement,
  })
}

/** Runs the variant by a fresh psql; tells why it did not come to its end. */
export async function runExecutor(run: Run, clone: Clone, options?: string): Promise<string | undefined> {
  return describeFailure(await runVariant(run, clone, run.config.release.script, options))
}

export type Rollback = NonNullable<RehearsalConfig['release']['rollback']>

export const noRollback: NotShown = {
  what: 'rollback',
  reason: 'no rollback is declared: nothing shows that this release can be taken back',
}

/** Runs the rollback by a fresh psql; that it fails is a result. */
export function runRollback(run: Run, clone: Clone, { file }: Rollback): Promise<ScriptResult> {
  return runVariant(run, clone, file)
}
