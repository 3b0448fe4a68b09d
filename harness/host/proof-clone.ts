import { ownDatabases } from './own-databases.ts'
import { databasesBeside, openCloneReaders } from './clone-server.ts'
import { describeClusterChanges, setClusterBack } from '../comparison/set-cluster-back.ts'
import { required, type World } from '../stage/world.ts'

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
  const { databases } = clone.server
  if (databases.names.has(ownDatabases.stepped)) await databases.drop(name)
  else await databases.rename(name, ownDatabases.stepped)
  await databases.copy(ownDatabases.entry, name, config.production.owner)
  await databases.run(clone.settings)
  const undo = clone.server.isOwn ? setClusterBack : describeClusterChanges
  const problems = await undo(clone.superuser, entry.fingerprint.cluster, () =>
    databasesBeside(world, clone.server),
  )
  const [readers, entryReaders] = await Promise.all([
    cleanup.ownStarting('the sessions in a further clone', openCloneReaders(clone.server, name)),
    cleanup.ownStarting(
      'the sessions in the copy of the clone',
      openCloneReaders(clone.server, ownDatabases.entry, { asSuperuser: false }),
    ),
  ])
  world.clone = { ...clone, readers, entry: { ...clone.entry, readers: entryReaders } }
  // Its rows are the very row versions that were read at entry.
  world.latest = entry
  return problems
}

/** Ends psql and closes our own sessions in the clone and its copy. */
export async function closeClone({ run, clone }: World): Promise<void> {
  await run?.[Symbol.asyncDispose]()
  await Promise.all(
    [clone?.readers, clone?.entry.readers].map(async (readers) => readers?.[Symbol.asyncDispose]()),
  )
}

/** Gives the clone that was stepped through its name back, where proofs have taken it; nobody has a session in it. */
export async function leaveProofClones(world: World): Promise<void> {
  const { databases } = required(world.clone, 'clone').server
  if (!databases.names.has(ownDatabases.stepped)) return
  await databases.drop(world.config.clone.database)
  await databases.rename(ownDatabases.stepped, world.config.clone.database)
}
