import { readIdentity, refuseSame } from '../production-access/identity.ts'
import { tryCanaryWrites } from '../production-access/canary.ts'
import { readerName } from '../production-access/reader.ts'
import { readRights } from '../production-access/rights/read-rights.ts'
import { requireRights } from '../production-access/rights/require-rights.ts'
import { StatementFilter } from '../production-access/statements/statement-filter.ts'
import { readWriteCounters } from '../production-access/write-counters.ts'
import { filterStatements } from '../postgres/filter.ts'
import { openReaders, type Readers } from '../fingerprint/readers.ts'
import { countCompared, rowCounts, takeReading } from '../measure/reading.ts'
import { RehearsalError } from '../errors.ts'
import type { Connection } from '../postgres/connection.ts'
import { quoteIdentifier, sqlstate, sqlstateOf } from '../postgres/session.ts'
import { filterCloneStatements, refusePowers } from '../host/beside-production.ts'
import { startServers } from '../stage/start-servers.ts'
import { required, type Outcome, type World } from '../stage/world.ts'
import { databaseBytes } from '../host/dump/disk.ts'

/**
 * Brings production and golden up, and reads them as they stand at entry, through a role that may not write. That it
 * may not is read from the catalogs, and shown by canary writes.
 */
export async function performBaseline(world: World): Promise<Outcome> {
  const { config, cleanup, reportProgress } = world
  const start = performance.now()
  const source = await startServers(world)
  const { goldenFault } = source
  world.source = source
  const prepareMs = Math.round(performance.now() - start)

  const reader = (database: string): Connection => ({ ...source.reader, database })
  const [production, golden] = [reader(config.production.database), reader(config.golden.database)]
  world.cloneStatementFilter =
    source.administration && filterCloneStatements(world, source.administration.superuser.user)
  const guard = await StatementFilter.make({
    role: readerName,
    beside: world.cloneStatementFilter,
    databases: { [production.database]: 'production', [golden.database]: 'golden' },
  })
  world.statementFilter = guard
  cleanup.own('the guard of production', filterStatements(production, guard))
  const readers = await ownReaders(world, production)
  const goldenReaders = goldenFault === undefined ? await ownReaders(world, golden) : undefined
  const identity = await readIdentity(readers.leader)
  if (goldenReaders !== undefined) refuseSame(identity, await readIdentity(goldenReaders.leader))

  reportProgress('the rights of who reads')
  const { readerMayWrite } = config.production
  world.rights.production = await readRights(readers.leader)
  requireRights(`production "${production.database}"`, world.rights.production, readerMayWrite)
  guard.refuseFunctions(production.database, world.rights.production.definerFunctions)
  if (source.administration !== undefined) await refusePowers(readers.leader, config.production.owner)
  reportProgress('canary writes')
  const canaries = await tryCanaryWrites(readers.leader, { mayWrite: readerMayWrite !== undefined })
  world.canaries = canaries
  if (goldenReaders !== undefined) {
    world.rights.golden = await readRights(goldenReaders.leader)
    requireRights(`golden "${golden.database}"`, world.rights.golden, readerMayWrite)
    guard.refuseFunctions(golden.database, world.rights.golden.definerFunctions)
  }
  reportProgress('measuring production and golden')
  let snapshotName: string | undefined
  const [reading, goldenReading] = await Promise.all([
    takeReading(readers, {
      measures: config.measures,
      place: 'production',
      keep: (name) => {
        snapshotName = name
      },
    }),
    goldenReaders && takeReading(goldenReaders, { measures: config.measures, place: 'elsewhere' }),
  ])
  world.production = {
    readers,
    reader: production,
    reading,
    snapshotName: required(snapshotName, 'exported snapshot'),
    identity,
    counters: await readWriteCounters(readers.leader),
  }
  if (goldenReaders === undefined || goldenReading === undefined) world.goldenFault = goldenFault
  else world.golden = { readers: goldenReaders, reader: golden, reading: goldenReading, dumpFile: null }
  return {
    status: 'performed',
    problems: reading.contradictions,
    change: { before: reading.figures, after: reading.figures },
    facts: {
      prepareMs,
      reader: readerName,
      canaries: canaries.map((canary) => ({ ...canary })),
      databaseBytes: await databaseBytes(readers.leader),
      tables: rowCounts(reading),
      compared: countCompared(reading),
    },
  }
}

/** Opens them. Throws READER_LACKS_RIGHTS where the role may not connect. */
async function ownReaders(world: World, connection: Connection): Promise<Readers> {
  try {
    return world.cleanup.own(`the sessions in ${connection.database}`, await openReaders(connection))
  } catch (cause) {
    if (sqlstateOf(cause) !== sqlstate.insufficientPrivilege) throw cause
    const [database, user] = [connection.database, connection.user].map(quoteIdentifier)
    throw new RehearsalError(
      'READER_LACKS_RIGHTS',
      `"${connection.user}" may not connect to "${connection.database}"`,
      { hint: `run as a superuser: GRANT CONNECT ON DATABASE ${database} TO ${user};`, cause },
    )
  }
}
