import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keepRunDirectory } from '../cluster/run-directory.ts'
import { closeClone, giveNameBack } from '../host/further-clone.ts'
import type { Run } from '../acts/common/run.ts'

const passwordName = 'pgpass'

/** Keeps the clone after the run and returns how to connect; undefined if there is no clone. */
export async function keepClone({
  servers,
  steps,
  runDirectory,
  installation,
}: Run): Promise<string[] | undefined> {
  const { host } = servers
  const clone = host?.occupant
  if (host === undefined || clone === undefined) return undefined
  // Proofs on further clones have no effect of their own: the clone that was stepped through is as the last one left
  // it.
  const last = [...steps.values()].findLast(({ effect }) => effect !== null)?.id ?? 'clone'
  await closeClone(host)
  const { user, password, database } = clone.releaseRole
  await giveNameBack(host, database)
  const { port, host: socket } = clone.superuser
  const passwordFile = join(runDirectory, passwordName)
  await writeFile(passwordFile, `*:*:*:${user}:${password}\n`, { mode: 0o600 })
  await keepRunDirectory(runDirectory, [...servers.keepHost(), passwordName])
  return [
    `the clone is kept as ${last} left it, and its server is running; npx rehearse clean removes it`,
    'to see it after a tier, run only the specs of that tier with --keep. To connect:',
    `  PGPASSFILE=${passwordFile} ${join(installation.directory, 'psql')} -h ${socket} -p ${port} -U ${user} ${database}`,
  ]
}
