import { startTestServer } from './server.ts'
import { Cleanup } from '../../harness/process/cleanup.ts'
import { findPostgresInstallations } from '../../harness/cluster/find-binaries.mjs'
import { createReader, grantLargeObjects, readerName } from '../../harness/production-access/reader.ts'
import { openReaders } from '../../harness/fingerprint/readers.ts'
import { takeReading } from '../../harness/measure/reading.ts'
import type { Connection } from '../../harness/postgres/connection.ts'
import type { RestoredDump } from '../../harness/comparison/compare-dump.ts'
import { compareReadings } from '../../harness/comparison/compare-readings.ts'
import { printDifferences } from '../../harness/comparison/print-difference.ts'
import { openSession } from '../../harness/postgres/session.ts'
import { streamClone } from '../../harness/restore/dump/dump-restore.ts'
import { copyPrivileges, copyRoles } from '../../harness/restore/privileges/privileges.ts'

/** A source and its clone of another name, each in a cluster of its own, as their superusers and their readers. */
export interface TestClone extends AsyncDisposable {
  readonly source: Connection
  readonly sourceReader: Connection
  readonly clone: Connection
  readonly cloneReader: Connection
}

/** The role that owns what no test gives to another. */
const owner = 'librarian'

/** Makes a source by SQL, run as the superuser, and clones it with its roles and privileges; for tests. */
export async function makeTestClone(sql: string): Promise<TestClone> {
  const cleanup = new Cleanup()
  try {
    const [installation] = findPostgresInstallations()
    const [sourceServer, cloneServer] = [
      cleanup.own('the server of the source', await startTestServer()),
      cleanup.own('the server of the clone', await startTestServer()),
    ]
    await cloneServer.makeDatabase()
    const [source, clone] = [await sourceServer.makeDatabase(), await cloneServer.makeDatabase()]
    const readers = await Promise.all([source, clone].map(prepare))
    const [sourceReader, cloneReader] = [readers[0]!, readers[1]!]
    {
      await using session = await openSession(source)
      await session.rows(sql)
      await grantLargeObjects(session)
    }
    await copyRoles(sourceReader, clone, owner)
    await streamClone({ installation: installation!, source: sourceReader, target: clone })
    await copyPrivileges(installation!, sourceReader, clone)
    return {
      source,
      sourceReader,
      clone,
      cloneReader,
      [Symbol.asyncDispose]: () => cleanup[Symbol.asyncDispose](),
    }
  } catch (error) {
    await cleanup[Symbol.asyncDispose]()
    throw error
  }
}

/** What the rehearsal would find amiss with the clone. */
export async function compareWithSource(pair: TestClone): Promise<string[]> {
  const { source, sourceReader, clone, cloneReader } = pair
  await using sourceReaders = await openReaders(sourceReader)
  await using cloneReaders = await openReaders(cloneReader, clone)
  const settings = { measures: {}, place: 'elsewhere' } as const
  const [first, second] = [
    await takeReading(sourceReaders, settings),
    await takeReading(cloneReaders, settings),
  ]
  const dump: RestoredDump = {
    privileges: true,
    carried: [],
    databases: [source.database, clone.database],
    blanked: new Map(),
  }
  return printDifferences(await compareReadings(first, second, { dump }), 'production', 'the clone')
}

async function prepare(superuser: Connection): Promise<Connection> {
  await using session = await openSession(superuser)
  const password = 'only-for-this-test'
  await createReader(session, password)
  await session.rows(`CREATE ROLE ${owner} LOGIN PASSWORD '${password}'`)
  await session.rows(`ALTER DATABASE ${superuser.database} OWNER TO ${owner}`)
  return { ...superuser, user: readerName, password }
}
