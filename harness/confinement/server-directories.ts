import { isAbsolute, join } from 'node:path'
import { makeServerDirectory } from '../cluster/run-directory.ts'
import type { RehearsalConfig } from '../config/rehearsal.ts'
import { findConfinement, type Confinement } from './confinement.ts'
import { mayWriteFiles } from '../config/escape-names.ts'
import { cacheDirectory } from '../cache/cache-directory.ts'

/** The servers of a run, whose directories have these names in its own; `restored` is that of golden's restored dump. */
const servers = ['production', 'golden', 'clone', 'restored'] as const
export type ServerName = (typeof servers)[number]

/** Makes the directories of all servers, before any of them starts: what is not there cannot be hidden from it. */
export async function makeServerDirectories(runDirectory: string): Promise<void> {
  for (const name of servers) await makeServerDirectory(join(runDirectory, name))
}

/** What a server, and psql on it, cannot get out of: they see neither the other servers of the run nor the cache. */
export function confineServer(
  { runDirectory, config }: { readonly runDirectory: string; readonly config: RehearsalConfig },
  name: ServerName,
): Promise<Confinement> {
  const others = servers.filter((other) => other !== name).map((other) => join(runDirectory, other))
  return findConfinement([...others, cacheDirectory()].filter(isAbsolute), {
    clientsWrite: mayWriteFiles(config.release.allows),
  })
}
