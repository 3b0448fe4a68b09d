import { RehearsalError } from '../errors.ts'
import type { Catalog } from '../fingerprint/catalog/catalog.ts'
import { compareCatalogs } from '../fingerprint/catalog/compare-catalogs.ts'
import { changedRelations } from '../fingerprint/deltas.ts'
import { readFingerprint, type Fingerprint } from '../fingerprint/fingerprint.ts'
import { inOneSnapshot, openReaders } from '../fingerprint/readers.ts'
import { describePositions } from '../fingerprint/sequences.ts'
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
  const read = async (earlier?: Fingerprint): Promise<Fingerprint> => {
    await using readers = await openReaders(superuser)
    return await inOneSnapshot(readers, () => readFingerprint(readers, { earlier }))
  }
  const before = await read()
  await giveTo(superuser, superuser.user)
  await work()
  await giveTo(superuser, owner)
  const changed = findChanged(before, await read(before), superuser.database)
  if (changed.length === 0) return
  throw new RehearsalError(
    'CLUSTER_FAILED',
    `production was changed while the golden clone was made: ${changed.join(', ')}`,
    { hint: "the release, golden.rewind and golden.experiments must not reach production's database" },
  )
}

async function giveTo(superuser: Connection, owner: string): Promise<void> {
  await using session = await openSession(superuser)
  const name = quoteIdentifier(superuser.database)
  await session.rows(`ALTER DATABASE ${name} OWNER TO ${quoteIdentifier(owner)}`)
}

/** Names of all that is not as it was. */
function findChanged(before: Fingerprint, after: Fingerprint, database: string): string[] {
  const differing = (one: Readonly<Record<string, string>>, other: typeof one): string[] =>
    [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => one[name] !== other[name])
  const objects = [
    compareCatalogs(before.catalog, after.catalog),
    compareCatalogs(before.system, after.system),
    compareCatalogs(ofDatabase(before.cluster, database), ofDatabase(after.cluster, database)),
  ].flatMap(({ created, dropped, altered }) => [...created, ...dropped, ...altered])
  return [
    ...changedRelations(before, after),
    ...differing(describePositions(before.sequences), describePositions(after.sequences)),
    ...differing(Object.fromEntries(before.largeObjects), Object.fromEntries(after.largeObjects)).map(
      (oid) => `large object ${oid}`,
    ),
    ...objects.map(({ class: kind, identity }) => `${kind} ${identity}`),
  ]
}

/** Roles and the like are of both databases, and may be made with the other one. */
function ofDatabase(cluster: Catalog, database: string): Catalog {
  const names = [database, quoteIdentifier(database)]
  return new Map([...cluster].filter(([key]) => names.some((name) => key.endsWith(`database ${name}`))))
}
