import { tellCarried } from '../../clone/carried.ts'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { dumpToFile, restoreFromFile } from '../../clone/dump-restore.ts'
import { differences } from '../../measure/differences.ts'
import { rowCounts, takeSnapshot } from '../../measure/snapshot.ts'
import { sealDatabase } from '../../clone/seal/seal.ts'
import { copyPrivileges } from '../../clone/overlay/overlay.ts'
import { cloneServer, createDatabase, openCloneReaders } from '../clones/clone-server.ts'
import type { RestoredDump } from '../../compare/compare-dump.ts'
import { describeDifferences } from '../../compare/describe-differences.ts'
import { findSealedTables } from '../../compare/find-sealed.ts'
import { ownDatabases } from '../clones/own-databases.ts'
import { required, type Outcome, type World } from '../world.ts'

/** Dumps golden and walks the way back: the dump restored to a scratch database must equal golden. */
export async function performGoldenNet(world: World): Promise<Outcome> {
  const { config, installation, tell, signal } = world
  if (world.goldenFault !== undefined) throw world.goldenFault
  const golden = required(world.golden, 'golden clone')
  const dumpFile = join(world.runDirectory, 'golden.dump')
  tell(`dumping ${config.golden.database}`)
  await dumpToFile(installation, golden.reader, dumpFile, signal)
  world.golden = { ...golden, dumpFile }

  tell('restoring the dump to a scratch database')
  const server = await cloneServer(world)
  const scratchName = ownDatabases.goldenRestored
  const scratch = await createDatabase(world, server, scratchName)
  await server.restore(scratchName, (target) => restoreFromFile(installation, dumpFile, target, signal))
  const seal = await sealDatabase(golden.reader, scratch.superuser)
  const { overlay = true } = config.clone
  if (overlay)
    await copyPrivileges(installation, golden.reader, scratch.superuser, { signal, comment: server.isOwn })
  const { restored, sealed } = await (async () => {
    await using readers = await openCloneReaders(server, scratchName)
    const snapshot = await takeSnapshot(readers, { measures: config.measures, place: 'elsewhere' })
    return { restored: snapshot, sealed: await findSealedTables(golden, { readers, snapshot }, seal) }
  })()
  await server.databases.drop(scratchName)
  const dump: RestoredDump = {
    privileges: overlay,
    carried: [],
    databases: [config.golden.database, scratchName],
    isMarked: !server.isOwn,
    sealed,
  }
  return {
    status: 'performed',
    problems: [
      ...golden.snapshot.contradictions,
      ...(await describeDifferences('golden', golden.snapshot, 'its restored dump', restored, {
        dump,
      })),
    ],
    change: { before: golden.snapshot.figures, after: restored.figures },
    facts: {
      privileges: overlay ? 'compared' : 'not proven: clone.overlay is off',
      sealed: [...seal.sealed],
      notCarried: tellCarried(dump.carried),
      dumpBytes: (await stat(dumpFile)).size,
      tablesCompared: restored.fingerprint.contents.size,
      tablesDiffering: Object.keys(differences(rowCounts(golden.snapshot), rowCounts(restored))),
    },
  }
}
