import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keepRunDirectory } from '../cluster/run-directory.ts'
import { closeClone, leaveProofClones } from '../host/proof-clone.ts'
import type { World } from '../stage/world.ts'

const passwordName = 'pgpass'

/** Lets the clone outlive the run and returns how to get in; undefined where there is no clone to keep. */
export async function keepClone(world: World): Promise<string[] | undefined> {
  const { cloneServer, clone, runDirectory, installation } = world
  if (cloneServer === undefined || clone === undefined) return undefined
  // Proofs on further clones have no effect of their own: the clone that was stepped through is as the last one left it.
  const last = [...world.steps.values()].findLast(({ effect }) => effect !== null)?.id ?? 'clone'
  await closeClone(world)
  await leaveProofClones(world)
  const { user, password, database } = clone.releaseRole
  const { host, port } = clone.superuser
  const passwordFile = join(runDirectory, passwordName)
  await writeFile(passwordFile, `*:*:*:${user}:${password}\n`, { mode: 0o600 })
  await keepRunDirectory(runDirectory, [...cloneServer.keep(), passwordName])
  delete world.cloneServer
  return [
    `the clone is kept as ${last} left it, and its server runs; npx rehearse clean removes it`,
    'to see it after a tier, run the specs of that tier alone with --keep. To get in:',
    `  PGPASSFILE=${passwordFile} ${join(installation.directory, 'psql')} -h ${host} -p ${port} -U ${user} ${database}`,
  ]
}
