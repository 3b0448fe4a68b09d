import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { differences } from '../comparison/differing-figures.ts'
import { dumpToFile, restoreFromFile } from '../restore/dump/dump-restore.ts'
import { openCloneReaders } from '../host/host.ts'
import { ownDatabases } from '../host/own-databases.ts'
import { compareRestored, restoreBlanked } from '../host/restore-blanked.ts'
import type { NotShown } from '../evidence/schema.ts'
import { rowCounts, takeReading } from '../measure/reading.ts'
import { Cleanup } from '../process/cleanup.ts'
import { openLocalHost, startEmptyServer } from '../host/local.ts'
import { defineAct } from './common/act.ts'
import { baseline } from './baseline.ts'

export const noGolden: NotShown = {
  what: 'golden',
  reason:
    'no golden clone is declared: nothing shows that the release does the same on an approved state of the data',
}

/**
 * Dumps golden and walks the way back: the dump, restored on a server of its own that has golden's roles, must equal
 * golden.
 */
export const goldenBackup = defineAct({
  id: 'golden-backup',
  title: 'golden backup: dumped and restored',
  folder: 'golden-backup',
  section: 'harness',
  declaredBy: (config) => config.golden,
  notShown: noGolden,
  needs: { baseline },
  overlap: 'aside',
  readsProduction: true,
  isAnytime: true,
  async perform(run, { baseline: { source, production, golden } }, { database: name }) {
    const { config, installation, reportProgress, signal } = run
    if (golden === undefined) throw source.goldenFault!
    await using cleanup = new Cleanup()
    const starting = cleanup.ownStarting('the server of the restored dump', startEmptyServer(run, 'restored'))
    const dumpFile = join(run.runDirectory, 'golden.dump')
    reportProgress(`dumping ${name}`)
    await dumpToFile(installation, golden.reader, dumpFile, signal)

    reportProgress('restoring the dump to a scratch database')
    const database = ownDatabases.goldenRestored
    const host = await openLocalHost(run, await starting, golden.reader)
    const restored = await restoreBlanked(run, host, production.identity, golden.reader, database, (target) =>
      restoreFromFile(installation, dumpFile, target, signal),
    )
    await using readers = await openCloneReaders(host, database)
    const reading = await takeReading(readers, { measures: config.measures, place: 'elsewhere' })
    const compared = await compareRestored(
      run,
      restored,
      { ...golden, name: 'golden', database: name },
      { readers, reading, name: 'its restored dump', database },
    )
    return {
      status: 'performed' as const,
      gives: { golden, dumpFile },
      problems: [...golden.reading.contradictions, ...compared.differences],
      change: { before: golden.reading.figures, after: reading.figures },
      facts: {
        ...compared.facts,
        dumpBytes: (await stat(dumpFile)).size,
        tablesCompared: reading.fingerprint.contents.size,
        tablesDiffering: Object.keys(differences(rowCounts(golden.reading), rowCounts(reading))),
      },
    }
  },
})
