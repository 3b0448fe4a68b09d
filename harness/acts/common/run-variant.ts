import { join } from 'node:path'
import type { RehearsalConfig } from '../../config/rehearsal.ts'
import type { NotShown } from '../../evidence/schema.ts'
import { describeFailure } from '../../executor/require-success.ts'
import type { Target } from '../../executor/executor.ts'
import type { SteppedRun } from '../../executor/leg.ts'
import type { ScriptResult } from '../../executor/run-script.ts'
import type { Clone } from '../../host/host.ts'
import type { Run } from './run.ts'

/** The directory of the variant's files during a run. */
export function variantDirectory({ runDirectory }: Pick<Run, 'runDirectory'>): string {
  return join(runDirectory, 'variant')
}

/** Starts the variant, held before its first line, to be let go from tier to tier. */
export function startVariant(run: Run, clone: Clone): Promise<SteppedRun> {
  return run.executor.start(run.release, targetOf(run, clone))
}

/** Applies the variant as it ships; that it fails is a result. `options` are settings of its session. */
export function applyVariant(run: Run, clone: Clone, options?: string): Promise<ScriptResult> {
  return run.executor.run(run.release, targetOf(run, clone), options)
}

/** Applies the variant; says why it did not come to its end. */
export async function runExecutor(run: Run, clone: Clone, options?: string): Promise<string | undefined> {
  return describeFailure(await applyVariant(run, clone, options))
}

export type Rollback = NonNullable<RehearsalConfig['release']['rollback']>

export const noRollback: NotShown = {
  what: 'rollback',
  reason: 'no rollback is declared: nothing shows that this release can be rolled back',
}

/** Takes the release back; that this fails is a result. */
export function runRollback(run: Run, clone: Clone): Promise<ScriptResult> {
  return run.executor.rollBack(run.release, targetOf(run, clone))
}

function targetOf(run: Run, { releaseRole: connection, host }: Clone): Target {
  const psql = join(run.installation.directory, 'psql')
  const { signal } = run
  return { psql, directory: variantDirectory(run), connection, signal, confinement: host.confinement }
}
