import type { ClusterFault } from '../comparison/set-cluster-back.ts'
import type { Cleanup } from '../process/cleanup.ts'
import { namesBeside, openCloneReaders, type Clone, type Host } from './host.ts'
import { ownDatabases } from './own-databases.ts'

/**
 * Creates a further clone with the clone's name: a physical copy of the clone as it was created, in the cluster as it
 * was then. The clone that was stepped through is kept aside. Returns with it what of the cluster could not be reset.
 */
export async function makeFurtherClone(
  cleanup: Cleanup,
  clone: Clone,
): Promise<{ clone: Clone; faults: ClusterFault[] }> {
  const { host, entry } = clone
  const name = clone.superuser.database
  await closeClone(host)
  const { databases } = host
  if (databases.names.has(ownDatabases.stepped)) await databases.drop(name)
  else await databases.rename(name, ownDatabases.stepped)
  await databases.copy(ownDatabases.entry, name, host.releaseRole.user)
  await databases.run(clone.settings)
  const faults = await host.resetCluster(clone.superuser, entry.fingerprint.cluster, () =>
    namesBeside(host, name),
  )
  const [readers, entryReaders] = await Promise.all([
    cleanup.ownStarting('the sessions in a further clone', openCloneReaders(host, name)),
    cleanup.ownStarting(
      'the sessions in the copy of the clone',
      openCloneReaders(host, ownDatabases.entry, { asSuperuser: false }),
    ),
  ])
  // Its rows are the very row versions that were read at entry.
  const { psql: _ended, ...lasting } = clone
  const made: Clone = {
    ...lasting,
    readers,
    entry: { ...entry, readers: entryReaders },
    latest: entry.reading,
  }
  host.occupant = made
  return { clone: made, faults }
}

/** Ends psql and closes our own sessions in the clone and its copy. */
export async function closeClone({ occupant }: Host): Promise<void> {
  await occupant?.psql?.[Symbol.asyncDispose]()
  await Promise.all(
    [occupant?.readers, occupant?.entry.readers].map(async (readers) => readers?.[Symbol.asyncDispose]()),
  )
}

/**
 * Gives the clone that was stepped through its name back, where further clones have taken it; nobody has a session in
 * it.
 */
export async function giveNameBack({ databases }: Host, name: string): Promise<void> {
  if (!databases.names.has(ownDatabases.stepped)) return
  await databases.drop(name)
  await databases.rename(ownDatabases.stepped, name)
}
