import { describeDifferences } from '../compare/describe-differences.ts'
import { RehearsalError } from '../errors.ts'
import { openReaders } from '../fingerprint/readers.ts'
import { takeSnapshot, type Snapshot } from '../measure/snapshot.ts'
import type { Connection } from '../postgres/connection.ts'
import { openSession, quoteIdentifier } from '../postgres/session.ts'

/**
 * Does something beside a database of a cluster of our own. Meanwhile the database is the superuser's, so that its owner
 * can neither change nor drop it. Throws CLUSTER_FAILED where it is not as before then, with what changed.
 */
export async function keepUntouched(
  superuser: Connection,
  owner: string,
  work: () => Promise<void>,
): Promise<void> {
  const read = async (earlier?: Snapshot): Promise<Snapshot> => {
    await using readers = await openReaders(superuser)
    return await takeSnapshot(readers, { measures: {}, place: 'elsewhere', earlier })
  }
  const before = await read()
  await giveTo(superuser, superuser.user)
  await work()
  await giveTo(superuser, owner)
  const after = await read(before)
  const changes = await describeDifferences(
    'production before',
    withDatabaseAlone(before, superuser.database),
    'production now',
    withDatabaseAlone(after, superuser.database),
    { isNext: true },
  )
  if (changes.length === 0) return
  throw new RehearsalError(
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

/** Roles and the like are of all databases, and may be made with another one. */
function withDatabaseAlone(snapshot: Snapshot, database: string): Snapshot {
  const { fingerprint } = snapshot
  const own = [database, quoteIdentifier(database)].map((name) => `database ${name}`)
  const cluster = new Map(
    [...fingerprint.cluster].filter(([key]) => own.some((ending) => key.endsWith(ending))),
  )
  return { ...snapshot, fingerprint: { ...fingerprint, cluster } }
}
