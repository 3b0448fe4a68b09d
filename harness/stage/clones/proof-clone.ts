import { openReaders } from '../../fingerprint/readers.ts'
import { openSession, quoteIdentifier, quoteLiteral, type Session } from '../../postgres/session.ts'
import { copyDatabase } from './copy-database.ts'
import { ownDatabases } from './own-databases.ts'
import { dropOwnDatabase } from './mark.ts'
import { setClusterBack } from './set-cluster-back.ts'
import { required, type World } from '../world.ts'

/**
 * Puts a second clone of the same name in the place of the clone: a physical copy of the clone as it was made, in the
 * cluster as it was then. The clone that was stepped through is kept aside. Returns what of the cluster could not be
 * set back, one sentence each.
 */
export async function enterProofClone(world: World): Promise<string[]> {
  const { cleanup, config } = world
  const clone = required(world.clone, 'clone')
  const entry = required(world.entry, 'clone')
  const name = config.clone.database
  await closeClone(world)
  {
    await using session = await openSession(clone.cluster.superuser)
    if (await exists(session, ownDatabases.stepped)) await dropOwnDatabase(session, name)
    else await rename(session, name, ownDatabases.stepped)
    await copyDatabase(session, ownDatabases.entry, name, config.production.owner)
    for (const statement of clone.settings) await session.rows(statement)
  }
  const problems = await setClusterBack(clone.superuser, entry.fingerprint.cluster)
  const readers = cleanup.own(
    'the sessions in a further clone',
    await openReaders(clone.reader, clone.superuser),
  )
  const entryReaders = cleanup.own(
    'the sessions in the copy of the clone',
    await openReaders({ ...clone.reader, database: ownDatabases.entry }),
  )
  world.clone = { ...clone, readers, entry: { ...clone.entry, readers: entryReaders } }
  // Its rows are the very row versions that were read at entry.
  world.latest = entry
  return problems
}

/** Ends psql and closes our own sessions in the clone and its copy. */
export async function closeClone({ run, clone }: World): Promise<void> {
  await run?.[Symbol.asyncDispose]()
  await clone?.readers[Symbol.asyncDispose]()
  await clone?.entry.readers[Symbol.asyncDispose]()
}

/** Gives the clone that was stepped through its name back, where proofs have taken it; nobody has a session in it. */
export async function leaveProofClones(world: World): Promise<void> {
  const clone = required(world.clone, 'clone')
  await using session = await openSession(clone.cluster.superuser)
  if (!(await exists(session, ownDatabases.stepped))) return
  await dropOwnDatabase(session, world.config.clone.database)
  await rename(session, ownDatabases.stepped, world.config.clone.database)
}

async function exists(session: Session, name: string): Promise<boolean> {
  const rows = await session.rows('SELECT 1 FROM pg_database WHERE datname = $1', [name])
  return rows.length > 0
}

async function rename(session: Session, from: string, to: string): Promise<void> {
  // What a tier left connected would keep its name.
  await session.rows(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = ${quoteLiteral(from)}`,
  )
  await session.rows(`ALTER DATABASE ${quoteIdentifier(from)} RENAME TO ${quoteIdentifier(to)}`)
}
