import { join } from 'node:path'
import { requireSuccess } from '../../executor/require-success.ts'
import { runScript, type ScriptResult } from '../../executor/run-script.ts'
import type { Connection } from '../../postgres/connection.ts'
import type { Clone, Host } from '../../host/host.ts'
import type { Run } from './run.ts'

/**
 * Runs a file of the release, or a statement, on the clone in a new psql, as the release role;
 * `options` are settings of its session, as PGOPTIONS takes them.
 */
export async function runOnClone(
  run: Run,
  clone: Clone,
  script: { readonly directory: string } & ({ readonly file: string } | { readonly text: string }),
  options?: string,
): Promise<ScriptResult> {
  const { releaseRole, host } = clone
  return runScript({
    psql: join(run.installation.directory, 'psql'),
    connection: options === undefined ? releaseRole : { ...releaseRole, options },
    signal: run.signal,
    confinement: host.confinement,
    ...script,
  })
}

/** Runs a statement by a fresh psql. */
export function runText(
  run: Pick<Run, 'installation' | 'root' | 'signal'>,
  { confinement }: Pick<Host, 'confinement'>,
  connection: Connection,
  text: string,
): Promise<ScriptResult> {
  const psql = join(run.installation.directory, 'psql')
  const { root, signal } = run
  return runScript({ psql, directory: root, text, connection, signal, confinement })
}

/** Runs a declared statement on the clone, as the release role; throws if it fails. */
export async function runStatement(run: Run, clone: Clone, name: string, text: string): Promise<void> {
  requireSuccess(name, await runOnClone(run, clone, { directory: run.root, text }))
}
