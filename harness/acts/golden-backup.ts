import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { dumpToFile, restoreFromFile } from '../host/dump/dump-restore.ts'
import { differences } from '../comparison/differing-figures.ts'
import { rowCounts, takeReading } from '../measure/reading.ts'
import { openCloneReaders } from '../host/clone-server.ts'
import { ownDatabases } from '../host/own-databases.ts'
import { compareRestored, restoreBlanked } from '../host/restore-blanked.ts'
import { required, type Outcome, type World } from '../stage/world.ts'

/** Dumps golden and walks the way back: the dump restored to a scratch database must equal golden. */
export async function performGoldenBackup(world: World): Promise<Outcome> {
  const { config, installation, reportProgress, signal } = world
  if (world.goldenFault !== undefined) throw world.goldenFault
  const golden = required(world.golden, 'golden clone')
  const dumpFile = join(world.runDirectory, 'golden.dump')
  reportProgress(`dumping ${config.golden.database}`)
  await dumpToFile(installation, golden.reader, dumpFile, signal)
  world.golden = { ...golden, dumpFile }

  reportProgress('restoring the dump to a scratch database')
  const database = ownDatabases.goldenRestored
  const restored = await restoreBlanked(world, golden.reader, database, (target) =>
    restoreFromFile(installation, dumpFile, target, signal),
  )
  const { reading, compared } = await (async () => {
    await using readers = await openCloneReaders(restored.server, database)
    const read = await takeReading(readers, { measures: config.measures, place: 'elsewhere' })
    const [source, copy] = [
      { ...golden, name: 'golden', database: config.golden.database },
      { readers, reading: read, name: 'its restored dump', database },
    ]
    return { reading: read, compared: await compareRestored(world, restored, source, copy) }
  })()
  restored.server.databases.dropLater(database)
  return {
    status: 'performed',
    problems: [...golden.reading.contradictions, ...compared.differences],
    change: { before: golden.reading.figures, after: reading.figures },
    facts: {
      ...compared.facts,
      dumpBytes: (await stat(dumpFile)).size,
      tablesCompared: reading.fingerprint.contents.size,
      tablesDiffering: Object.keys(differences(rowCounts(golden.reading), rowCounts(reading))),
    },
  }
}
