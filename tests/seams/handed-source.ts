import { join } from 'node:path'
import { initialiseCluster, makePassword, startCluster } from '../../harness/cluster/cluster.ts'
import { makeServerDirectory } from '../../harness/cluster/run-directory.ts'
import { requireSuccess } from '../../harness/executor/require-success.ts'
import { runScript } from '../../harness/executor/run-script.ts'
import { openSession } from '../../harness/postgres/session.ts'
import { createReader, readerName } from '../../harness/production-access/reader.ts'
import type { RunSettings } from '../../harness/source/run-settings.ts'
import type { SourceKind } from '../../harness/source/source.ts'

/** A server that runs already, with production on it, and no golden clone. */
export const handedSource: SourceKind = {
  id: 'handed',
  matches: () => true,
  preparedBytes: () => Promise.resolve(0),
  async start(settings) {
    const { server, password } = await startElsewhere(settings)
    const { host, port } = server.superuser
    return {
      reader: { host, port, user: readerName, password },
      goldenReader: undefined,
      administration: undefined,
      goldenFault: undefined,
      keep: () => [],
      [Symbol.asyncDispose]: () => server.stop(),
    }
  },
}

/** Somebody's server: a cluster of its own, with a system identifier of its own. */
async function startElsewhere({ root, config, installation, runDirectory, signal }: RunSettings) {
  const { database, owner, script: file } = config.production
  const directory = join(runDirectory, 'handed')
  const password = makePassword()
  await makeServerDirectory(directory)
  await initialiseCluster(installation, directory, password, signal)
  const server = await startCluster(installation, directory, password, { signal })
  await using session = await openSession(server.superuser)
  await session.rows(`CREATE ROLE ${owner} LOGIN PASSWORD '${password}'`)
  await session.rows(`CREATE DATABASE ${database} OWNER ${owner}`)
  await createReader(session, password)
  const psql = join(installation.directory, 'psql')
  const connection = { ...server.superuser, user: owner, password, database }
  requireSuccess(file, await runScript({ psql, directory: root, file, connection, signal }))
  return { server, password }
}
