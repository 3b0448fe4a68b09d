import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { keepRunDirectory } from '../cluster/run-directory.ts'
import { closeClone, leaveProofClones } from '../stage/proof-clone.ts'
import type { World } from '../stage/world.ts'

const passwordName = 'pgpass'

/** Lets the clone outlive the run and returns how to get in; undefined where there is no clone to keep. */
export async function keepClone(world: World): Promise<string[] | undefined> {
  const { cloneCluster, clone, runDirectory, installation } = world
  if (cloneCluster === undefined || clone === undefined) return undefined
  const last = [...world.steps.values()].findLast(({ status }) => status !== 'blocked')?.id
  await closeClone(world)
  await leaveProofClones(world)
  const { user, password, database } = clone.release
  const { host, port } = clone.superuser
  const passwordFile = join(runDirectory, passwordName)
  await writeFile(passwordFile, `*:*:*:${user}:${password}\n`, { mode: 0o600 })
  await keepRunDirectory(runDirectory, [basename(cloneCluster.directory), passwordName])
  cloneCluster.release()
  delete world.cloneCluster
  return [
    `the clone is kept, as it stands after ${last}, and its server runs; npx rehearse clean removes it. To see it after a tier, ask for the specs of that tier alone. To get in:`,
    `  PGPASSFILE=${passwordFile} ${join(installation.directory, 'psql')} -h ${host} -p ${port} -U ${user} ${database}`,
  ]
}
