import { openSession } from '../../harness/postgres/session.ts'
import { createReader, readerName } from '../../harness/production-access/reader.ts'
import type { SourceKind } from '../../harness/source/source.ts'
import { runScript } from '../../harness/executor/run-script.ts'
import { requireSuccess } from '../../harness/executor/require-success.ts'
import { query, startTestServer } from '../support/server.ts'

const password = 'handed over'

/** A server that runs already, with production on it, and no golden clone. */
export const handedSource: SourceKind = {
  id: 'handed',
  matches: () => true,
  preparedBytes: () => Promise.resolve(0),
  async start({ root, config }) {
    const { database, owner, script } = config.production
    const server = await startTestServer()
    const superuser = { ...(await server.makeDatabase()), database }
    await using session = await openSession({ ...superuser, database: 'postgres' })
    await session.rows(`CREATE ROLE ${owner} LOGIN PASSWORD '${password}'`)
    await session.rows(`CREATE DATABASE ${database} OWNER ${owner}`)
    await createReader(session, password)
    const connection = { ...superuser, user: owner, password }
    requireSuccess(script, await runScript({ psql: server.psql, directory: root, file: script, connection }))
    await query(superuser, 'CHECKPOINT')
    const { host, port } = superuser
    return {
      reader: { host, port, user: readerName, password },
      goldenReader: undefined,
      administration: undefined,
      goldenFault: undefined,
      keep: () => [],
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    }
  },
}
