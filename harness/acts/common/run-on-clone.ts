import { join } from 'node:path'
import { requireSuccess } from '../../executor/require-success.ts'
import { runScript, type ScriptResult } from '../../executor/run-script.ts'
import type { Connection } from '../../postgres/connection.ts'
import { required, type World } from '../../stage/world.ts'

/**
 * Runs a file of the release, or a statement, on the clone by a fresh psql, as the role that ships the release;
 * `options` are settings of its session, as PGOPTIONS takes them.
 */
export async function runOnClone(
  world: World,
  script: { readonly directory: string } & ({ readonly file: string } | { readonly text: string }),
  options?: string,
): Promise<ScriptResult> {
  const { releaseRole } = required(world.clone, 'clone')
  return runScript({
    psql: join(world.installation.directory, 'psql'),
    connection: options === undefined ? releaseRole : { ...releaseRole, options },
    signal: world.signal,
    confinement: world.confinement,
    ...script,
  })
}

/** Runs a statement by a fresh psql. */
export function runText(world: World, connection: Connection, text: string): Promise<ScriptResult> {
  const psql = join(world.installation.directory, 'psql')
  const { root, signal, confinement } = world
  return runScript({ psql, directory: root, text, connection, signal, confinement })
}

/** Runs a declared statement on the clone, as the role that ships the release; throws where it fails. */
export async function runStatement(world: World, name: string, text: string): Promise<void> {
  requireSuccess(name, await runOnClone(world, { directory: world.root, text }))
}
