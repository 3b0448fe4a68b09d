import { compareReadings } from '../../comparison/compare-readings.ts'
import { printClusterFaults, printDifferences } from '../../comparison/print-difference.ts'
import { setClusterBack } from '../../comparison/set-cluster-back.ts'
import { RehearsalError } from '../../errors.ts'
import { openReaders } from '../../fingerprint/readers.ts'
import { takeReading, type Reading } from '../../measure/reading.ts'
import type { Connection } from '../../postgres/connection.ts'
import { openSession, quoteIdentifier } from '../../postgres/session.ts'

export interface Neighbour {
  /** Whose the database is that is to be kept. */
  readonly owner: string
  /** The database that is made beside it. */
  readonly beside: string
}

/**
 * Makes a database beside another, of a cluster of our own. Meanwhile the other is the superuser's, so that its owner can
 * neither change nor drop it. Throws CLUSTER_FAILED where it is not as before then, with what changed. Roles and whatever
 * else is of all databases are set back: what was done to them is of the new database's story alone. Where that one needs
 * them, it is dropped, and what it needs returned, one sentence each.
 */
export async function keepUntouched(
  superuser: Connection,
  { owner, beside }: Neighbour,
  work: () => Promise<void>,
): Promise<string[]> {
  const read = async (earlier?: Reading): Promise<Reading> => {
    await using readers = await openReaders(superuser)
    return await takeReading(readers, { measures: {}, place: 'elsewhere', earlier })
  }
  const before = await read()
  await giveTo(superuser, superuser.user)
  await work()
  await giveTo(superuser, owner)
  const after = await read(before)
  const changes = await compareReadings(
    withDatabaseAlone(before, superuser.database),
    withDatabaseAlone(after, superuser.database),
    { isNext: true },
  )
  if (changes.length > 0) throw fault(printDifferences(changes, 'production before', 'production now'))
  const setBack = () => setClusterBack(superuser, before.fingerprint.cluster, () => new Set([beside]))
  const needed = await setBack()
  if (needed.length === 0) return []
  {
    await using session = await openSession(superuser)
    await session.rows(`DROP DATABASE IF EXISTS ${quoteIdentifier(beside)} WITH (FORCE)`)
  }
  const left = await setBack()
  if (left.length > 0) throw fault(printClusterFaults(left))
  return printClusterFaults(needed)
}

function fault(changes: readonly string[]): RehearsalError {
  return new RehearsalError(
    'CLUSTER_FAILED',
    `production was changed while the golden clone was made:\n${changes.join('\n')}`,
    { hint: "the release, golden.rewind and golden.experiments must not reach production's database" },
  )
}

async function giveTo(superuser: Connection, owner: string): Promise<void> {
  await using session = await openSession(superuser)
  const name = quoteIdentifier(superuser.database)
  await session.rows(`ALTER DATABASE ${name} OWNER TO ${quoteIdentifier(owner)}`)
}

/** Roles and the like are of all databases, and are set back. */
function withDatabaseAlone(reading: Reading, database: string): Reading {
  const { fingerprint } = reading
  const cluster = new Map(
    [...fingerprint.cluster].filter(
      ([, object]) => object.parts?.database === database && object.class !== 'subscription',
    ),
  )
  return { ...reading, fingerprint: { ...fingerprint, cluster } }
}
