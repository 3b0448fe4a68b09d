import { RehearsalError } from '../errors.ts'
import { openReaders, type Readers } from '../fingerprint/readers.ts'
import { filterCloneStatements, refusePowers } from '../host/beside-production.ts'
import type { ReadDatabase } from '../host/host.ts'
import { databaseBytes } from '../restore/dump/disk.ts'
import { countCompared, rowCounts, takeReading, type Reading } from '../measure/reading.ts'
import type { Connection } from '../postgres/connection.ts'
import { filterStatements } from '../postgres/filter.ts'
import { quoteIdentifier, sqlstate, sqlstateOf } from '../postgres/session.ts'
import { tryCanaryWrites } from '../production-access/canary.ts'
import { readIdentity, refuseSame, type Identity } from '../production-access/identity.ts'
import { readerName } from '../production-access/reader.ts'
import { readRights } from '../production-access/rights/read-rights.ts'
import { requireRights } from '../production-access/rights/require-rights.ts'
import { StatementFilter } from '../production-access/statements/statement-filter.ts'
import { readWriteCounters, type WriteCounters } from '../production-access/write-counters.ts'
import type { NotShown } from '../evidence/schema.ts'
import type { Source } from '../source/source.ts'
import { defineAct } from './common/act.ts'
import type { Run } from './common/run.ts'

/** Production as it was read at entry. */
export interface Production extends ReadDatabase {
  readonly reading: Reading
  /** By which the dump sees the state that was read; the leader's transaction keeps it until the clone is made. */
  readonly snapshotName: string
  readonly identity: Identity
  readonly counters: WriteCounters
}

/** Golden as it was read at entry. */
export interface Golden extends ReadDatabase {
  readonly reading: Reading
  readonly identity: Identity
  readonly counters: WriteCounters
}

const noMeasures: NotShown = {
  what: 'measures',
  reason: 'no measure is declared: nothing shows what the release does to the figures that matter',
}

/**
 * Starts production and golden, and reads them as they stand at entry, through a role that may not write. That it
 * may not is read from the catalogs, and shown by canary writes.
 */
export const baseline = defineAct({
  id: 'baseline',
  title: 'production at entry',
  folder: 'baseline',
  section: 'harness',
  needs: {},
  overlap: 'aside',
  readsProduction: true,
  async perform(run) {
    const { config, servers, access, reportProgress } = run
    const start = performance.now()
    const source = await servers.source(run)
    const prepareMs = Math.round(performance.now() - start)
    const { readers, reader, identity, golden: entered } = await enter(run, source)

    reportProgress('measuring production and golden')
    let snapshotName = ''
    const readingGolden =
      entered && takeReading(entered.readers, { measures: config.measures, place: 'elsewhere' })
    // What is refused in both is reported for production.
    readingGolden?.catch(() => undefined)
    const reading = await takeReading(readers, {
      measures: config.measures,
      place: 'production',
      keep: (name) => {
        snapshotName = name
      },
    })
    const goldenReading = await readingGolden
    const counters = await readWriteCounters(readers.leader)
    const production: Production = { readers, reader, reading, snapshotName, identity, counters }
    const golden: Golden | undefined = entered &&
      goldenReading && {
        ...entered,
        reading: goldenReading,
        counters: await readWriteCounters(entered.readers.leader),
      }
    return {
      status: 'performed' as const,
      gives: { source, production, golden },
      problems: reading.contradictions,
      change: { before: reading.figures, after: reading.figures },
      notShown: Object.keys(config.measures).length > 0 ? [] : [noMeasures],
      facts: {
        prepareMs,
        reader: readerName,
        canaries: (access.canaries ?? []).map((canary) => ({ ...canary })),
        databaseBytes: await databaseBytes(readers.leader),
        tables: rowCounts(reading),
        compared: countCompared(reading),
      },
    }
  },
})

/** Opens sessions in production and golden, each through a filter, and shows that they may not write. */
async function enter(run: Run, source: Source) {
  const { config, cleanup, access, reportProgress } = run
  const reader: Connection = { ...source.reader, database: config.production.database }
  access.cloneStatementFilter =
    source.administration && filterCloneStatements(run, source.administration.superuser.user)
  const filter = await StatementFilter.make({
    role: readerName,
    beside: access.cloneStatementFilter,
    database: reader.database,
    place: 'production',
  })
  access.statementFilter = filter
  cleanup.own('the statement filter of production', filterStatements(reader, filter))
  const readers = await ownReaders(run, reader)
  const golden =
    config.golden &&
    source.goldenReader &&
    (await enterGolden(run, { ...source.goldenReader, database: config.golden.database }))
  const identity = await readIdentity(readers.leader)
  if (golden !== undefined) refuseSame(identity, golden.identity)

  reportProgress('the rights of the reader role')
  const { readerMayWrite } = config.production
  access.rights.production = await readRights(readers.leader)
  requireRights(`production "${reader.database}"`, access.rights.production, readerMayWrite)
  filter.refuseFunctions(access.rights.production.definerFunctions)
  if (source.administration !== undefined) await refusePowers(readers.leader, config.production.owner)
  reportProgress('canary writes')
  access.canaries = await tryCanaryWrites(readers.leader, { mayWrite: readerMayWrite !== undefined })
  if (golden !== undefined) {
    access.rights.golden = await readRights(golden.readers.leader)
    requireRights(`golden "${golden.reader.database}"`, access.rights.golden, readerMayWrite)
    golden.filter.refuseFunctions(access.rights.golden.definerFunctions)
  }
  return { readers, reader, identity, golden }
}

/** Connects to golden's server, through a filter of its own. */
async function enterGolden(run: Run, reader: Connection) {
  const filter = await StatementFilter.make({ role: readerName, database: reader.database, place: 'golden' })
  run.access.goldenStatementFilter = filter
  run.cleanup.own('the statement filter of golden', filterStatements(reader, filter))
  const readers = await ownReaders(run, reader)
  return { readers, reader, filter, identity: await readIdentity(readers.leader) }
}

/** Opens the sessions. Throws READER_LACKS_RIGHTS where the role may not connect. */
async function ownReaders({ cleanup }: Run, connection: Connection): Promise<Readers> {
  try {
    return cleanup.own(`the sessions in ${connection.database}`, await openReaders(connection))
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
