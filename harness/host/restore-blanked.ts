import { toDumpLossFacts } from '../restore/dump/dump-loss.ts'
import type { DumpLossFact } from '../evidence/dump-loss-fact.ts'
import { copyPrivileges } from '../restore/privileges/privileges.ts'
import { blankDatabase, type Blanking } from '../restore/blanking/blanking.ts'
import type { RestoredDump } from '../comparison/compare-dump.ts'
import { compareReadings } from '../comparison/compare-readings.ts'
import { printDifferences } from '../comparison/print-difference.ts'
import { findBlankedTables } from '../comparison/find-blanked.ts'
import type { Readers } from '../fingerprint/readers.ts'
import { readIdentity, refuseProduction, type Identity } from '../production-access/identity.ts'
import type { Reading } from '../measure/reading.ts'
import type { Connection } from '../postgres/connection.ts'
import { openSession } from '../postgres/session.ts'
import type { RunSettings } from '../source/run-settings.ts'
import { connectionsTo, createDatabase, type CloneConnections, type Host } from './host.ts'

/** A database that was restored from a dump and blanked. */
export interface Restored extends CloneConnections {
  readonly host: Host
  readonly identity: Identity
  readonly blanking: Blanking
}

/**
 * Creates a database on the server, lets `restore` fill it from a dump of `source`, blanks what leads
 * elsewhere, and gives it the owners, grants and settings that the dump left out, unless `clone.privileges` is off.
 */
export async function restoreBlanked(
  run: RunSettings,
  host: Host,
  production: Identity,
  source: Connection,
  database: string,
  restore: (target: Connection) => Promise<void>,
): Promise<Restored> {
  const { installation, signal, reportProgress, config } = run
  if (host.isFilled !== true) await createDatabase(host, database)
  const connections = connectionsTo(host, database)
  const { superuser } = connections
  const identity = await (async () => {
    await using session = await openSession(superuser)
    return await readIdentity(session)
  })()
  // Whatever the host says of it.
  refuseProduction(production, identity)
  host.refuse(production, identity)
  if (host.isFilled !== true) await host.restore(database, restore)
  reportProgress(`blanking ${database}`)
  const blanking = await blankDatabase(source, superuser)
  if (config.clone.privileges !== false && host.isFilled !== true) {
    reportProgress(`owners, grants and settings of ${database}`)
    await copyPrivileges(installation, source, superuser, { signal, comment: !host.databases.marksEach })
  }
  return { ...connections, host, identity, blanking }
}

/** A database as it was read, and what people call it. */
interface Side {
  readonly name: string
  readonly database: string
  readonly readers: Readers
  readonly reading: Reading
}

/** What is recorded of a restored dump. */
export interface RestoredFacts {
  /** What was taken from it because it leads elsewhere, one phrase each. */
  readonly blanked: readonly string[]
  readonly dumpLosses: readonly DumpLossFact[]
  readonly privileges: string
}

/** The differences between a database and its restored dump, except for dump losses and blanking, which are facts. */
export async function compareRestored(
  { config }: RunSettings,
  { host, blanking }: Restored,
  source: Side,
  restored: Side,
): Promise<{ differences: string[]; facts: RestoredFacts }> {
  const privileges = config.clone.privileges !== false
  const dump: RestoredDump = {
    privileges,
    carried: [],
    databases: [source.database, restored.database],
    isMarked: host.databases.marksEach,
    blanked: await findBlankedTables(source, restored, blanking),
  }
  const differences = await compareReadings(source.reading, restored.reading, { dump })
  return {
    differences: printDifferences(differences, source.name, restored.name),
    facts: {
      blanked: [...blanking.blanked],
      dumpLosses: toDumpLossFacts(dump.carried),
      privileges: privileges ? 'compared' : 'not proven: clone.privileges is off',
    },
  }
}
