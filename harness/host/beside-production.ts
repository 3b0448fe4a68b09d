import { join } from 'node:path'
import { openProxy } from '../confinement/proxy.ts'
import { RehearsalError } from '../errors.ts'
import { readRolePowers } from '../production-access/role-powers.ts'
import { CloneStatementFilter } from '../production-access/statements/clone-statements-filter.ts'
import type { Session } from '../postgres/session.ts'
import type { Source } from '../source/source.ts'
import type { RunSettings } from '../source/run-settings.ts'
import { maintenance, MadeDatabases, terminateSessions } from './databases.ts'
import { findClusterChanges } from '../comparison/set-cluster-back.ts'
import { withoutDatabases } from '../comparison/without-databases.ts'
import type { Host, HostKind } from './host.ts'
import { ownDatabases } from './own-databases.ts'
import { confineServer } from '../confinement/server-directories.ts'

/** Lets our own databases alone be made, entered and dropped on production's server. */
export function filterCloneStatements({ config }: RunSettings, superuser: string): CloneStatementFilter {
  const names = new Set<string>([config.clone.database, ...Object.values(ownDatabases)])
  const harmless = new Set([...names].map(terminateSessions))
  return new CloneStatementFilter({
    superuser,
    maintenance,
    isOurs: (name) => names.has(name),
    isHarmless: (text) => harmless.has(text),
  })
}

/** Production's own server, on which the clone is made as a database beside production, because the configuration says so. */
export const besideProduction: HostKind = {
  id: 'beside production',
  can: { freshCopies: true, sealing: true },
  matches: ({ clone }) => clone.onProductionServer !== undefined,
  open,
}

async function open(run: RunSettings, source: Source): Promise<Host> {
  const { config, runDirectory, signal, cleanup } = run
  run.note(
    `the clone was on production's own server, which confines a release less than a server of its own (docs/sealed.md): ${config.clone.onProductionServer}`,
  )
  const { superuser: entrance, owner } = source.administration!
  const superuser = { ...entrance, database: maintenance }
  const databases = new MadeDatabases(superuser, runDirectory, { marksEach: true })
  const forget = cleanup.defer('the databases beside production', async () => {
    // After an abort the server is being shut down, and all of it goes with the run.
    const left = signal.aborted ? [] : await databases.dropAll()
    if (left.length > 0) throw new Error(left.join('\n'))
  })
  const confinement = cleanup.own('the confinement of psql', await confineServer(run, 'clone'))
  const proxy = cleanup.own(
    'the proxy to the clone',
    await openProxy(superuser, join(runDirectory, 'proxy'), (name) => databases.names.has(name)),
  )
  const releaseRole = { ...owner, host: proxy.host }
  return {
    ownSocket: undefined,
    superuser,
    scratch: releaseRole,
    releaseRole,
    reader: source.reader,
    confinement,
    databases,
    restore: (database, work) => work({ ...superuser, database }),
    refuse: () => undefined,
    // Others use the server: nothing is set back there.
    resetCluster: findClusterChanges,
    withoutOwn: (cluster) => withoutDatabases(cluster, databases.names),
    drop() {
      forget()
      return databases.dropAll()
    },
    keep() {
      forget()
      return source.keep()
    },
  }
}

/**
 * Throws CLONE_FAILED where the release role may reach beyond its database: nothing would hold it on
 * production's server.
 */
export async function refusePowers(session: Session, owner: string): Promise<void> {
  const powers = await readRolePowers(session, owner)
  if (powers.length === 0) return
  throw new RehearsalError(
    'CLONE_FAILED',
    `on production's own server nothing would confine a release to the clone: "${owner}" may ${powers.join('; it may ')}`,
    { hint: 'remove clone.onProductionServer, so that the clone gets a server of its own' },
  )
}
