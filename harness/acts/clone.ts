import type { NotShown } from '../evidence/schema.ts'
import { type Clone, openCloneReaders, readIgnoringOwn, type Host } from '../host/host.ts'
import { databaseBytes, freeBytes, requireDisk } from '../restore/dump/disk.ts'
import { streamClone } from '../restore/dump/dump-restore.ts'
import { ownDatabases } from '../host/own-databases.ts'
import { readDatabase } from '../restore/privileges/database.ts'
import { compareRestored, restoreBlanked, type Restored } from '../host/restore-blanked.ts'
import { takeReading, rowCounts } from '../measure/reading.ts'
import { openSession, quoteIdentifier } from '../postgres/session.ts'
import { readerName } from '../production-access/reader.ts'
import { readRolePowers } from '../production-access/role-powers.ts'
import { defineAct } from './common/act.ts'
import type { Run } from './common/run.ts'
import { baseline } from './baseline.ts'
import { recheckProduction } from './common/recheck-production.ts'

const noPrivileges: NotShown = {
  what: 'privileges',
  reason: 'clone.privileges is off: nothing shows that owners, grants and settings are those of production',
}

/**
 * Streams production to the clone's server, and blanks what was restored; the clone must equal production,
 * in content and definitions, except for what a dump loses and blanking removes.
 */
export const clone = defineAct({
  id: 'clone',
  title: 'greenfield clone of production',
  folder: 'clone',
  section: 'harness',
  needs: { baseline },
  overlap: 'aside',
  readsProduction: true,
  async perform(run, { baseline: { production } }) {
    const { config, installation, signal, reportProgress } = run
    const productionBytes = await databaseBytes(production.readers.leader)
    await requireDisk(run.runDirectory, productionBytes)
    const freeBytesBefore = await freeBytes(run.runDirectory)

    const { database } = config.clone
    reportProgress(`pg_dump ${config.production.database} | psql ${database}`)
    const host = await run.servers.openHost(run, production.reader)
    const restored = await restoreBlanked(
      run,
      host,
      production.identity,
      production.reader,
      database,
      (target) =>
        streamClone({
          installation,
          source: production.reader,
          target,
          snapshot: production.snapshotName,
          signal,
        }),
    )
    const made = await enterClone(run, restored)
    const { readers, latest: entry } = made
    const { activity, problems: unquiet } = await recheckProduction(run, production)
    const powers = await readRolePowers(readers.leader, config.production.owner)
    const ownPowers = await readRolePowers(production.readers.leader, config.production.owner)
    const compared = await compareRestored(
      run,
      restored,
      { ...production, name: 'production', database: config.production.database },
      { readers, reading: entry, name: 'the clone', database },
    )
    return {
      status: 'performed' as const,
      gives: { clone: made, activity },
      problems: [
        ...unquiet,
        ...entry.contradictions,
        ...compared.differences,
        ...powers
          .filter((power) => !ownPowers.includes(power))
          .map((power) => `the release role may ${power} on the clone, and not in production`),
      ],
      notShown: config.clone.privileges === false ? [noPrivileges] : [],
      change: { before: production.reading.figures, after: entry.figures },
      facts: {
        database,
        productionBytes,
        cloneBytes: await databaseBytes(readers.leader),
        freeBytesBefore,
        freeBytesAfter: await freeBytes(run.runDirectory),
        ownCluster: restored.identity.systemIdentifier !== production.identity.systemIdentifier,
        activity: `${activity.state}, ${activity.by}`,
        tables: rowCounts(entry),
        ...compared.facts,
        releaseRole: powers.map((power) => `the release role may ${power}`),
      },
    }
  },
})

/** Keeps a copy of the new clone, and reads it. */
async function enterClone(
  run: Run,
  { host, releaseRole, reader, superuser, blanking }: Restored,
): Promise<Clone> {
  const { config, cleanup, reportProgress } = run
  const { database } = superuser
  reportProgress('gathering statistics on the clone')
  const settings = await (async () => {
    await using session = await openSession(superuser)
    await session.rows('ANALYZE')
    return await readDatabase(session, database)
  })()
  reportProgress('copying the new clone')
  await keepEntry(host, database)

  // The release's views are evaluated with the rights of the reader role them: a superuser would lend it all of them.
  const [readers, entryReaders] = await Promise.all([
    cleanup.ownStarting('the sessions in the clone', openCloneReaders(host, database)),
    cleanup.ownStarting(
      'the sessions in the copy of the clone',
      openCloneReaders(host, ownDatabases.entry, { asSuperuser: false }),
    ),
  ])
  const reading = await readIgnoringOwn(host, database, () =>
    takeReading(readers, { measures: config.measures, place: 'elsewhere' }),
  )
  const entry = { readers: entryReaders, fingerprint: reading.fingerprint, reading }
  const { columns: blankedColumns } = blanking
  return (host.occupant = {
    host,
    readers,
    reader,
    releaseRole,
    superuser,
    settings,
    blankedColumns,
    entry,
    latest: reading,
  })
}

/** Copies the clone, in which nobody has a session yet; only the reader may connect to the copy. */
async function keepEntry({ databases }: Host, database: string): Promise<void> {
  const copy = quoteIdentifier(ownDatabases.entry)
  await databases.copy(database, ownDatabases.entry)
  await databases.run([
    `REVOKE CONNECT ON DATABASE ${copy} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${copy} TO ${quoteIdentifier(readerName)}`,
  ])
}
