import type { Measures } from '../config/measures.ts'
import type { Figures } from '../evidence/schema.ts'
import { readOpenHere } from '../fingerprint/content/horizon.ts'
import { exactly } from '../fingerprint/content/rows.ts'
import { changedRelations, readRowDiffs, type EntryCopy } from '../fingerprint/row-diffs.ts'
import type { State } from '../fingerprint/effect.ts'
import { readFingerprint } from '../fingerprint/fingerprint.ts'
import { inOneSnapshot, type Readers } from '../fingerprint/readers.ts'
import { readViews, type ViewReading } from './contradictions.ts'
import { takeFigures, type Place } from './take-figures.ts'

/** What the harness read of one database at one moment. */
export interface Reading extends ViewReading, State {
  readonly figures: Figures
}

export interface ReadingSettings {
  readonly measures: Measures
  readonly place: Place
  /** The last state of the same database: what was not written since need not be hashed again. */
  readonly earlier?: Reading | undefined
  /** The readings with which row effects are compared. */
  readonly entry?: EntryCopy | undefined
  /** Gets the name of the snapshot, which stays until it is let go of. */
  readonly keep?: ((name: string) => void) | undefined
}

/** Reads measures and the whole database in one snapshot of its own. */
export async function takeReading(readers: Readers, settings: ReadingSettings): Promise<Reading> {
  const { measures, place, earlier, entry, keep } = settings
  let measuring: ReturnType<typeof measure> | undefined
  const startMeasuring = () => (measuring ??= measure(readers, measures, place))
  const openBefore = readers.isShared ? await readOpenHere(readers.leader) : undefined
  const work = async () => {
    const [measured, fingerprint] = await Promise.all([
      startMeasuring(),
      readFingerprint(readers, {
        earlier: earlier?.fingerprint,
        leaderWork: startMeasuring(),
        openBefore,
      }),
    ])
    const rowDiffs = new Map(earlier?.rowDiffs)
    if (entry !== undefined) {
      const changed = changedRelations((earlier ?? entry).fingerprint, fingerprint)
      for (const [name, diff] of await readRowDiffs(entry, readers, fingerprint, changed, exactly))
        rowDiffs.set(name, diff)
    }
    return { ...measured, fingerprint, rowDiffs }
  }
  // A measure of production may count sessions: ours that wait in their transactions must not be among them.
  const alone = place === 'production' ? startMeasuring : undefined
  return inOneSnapshot(readers, work, { alone, keep })
}

async function measure({ leader }: Readers, measures: Measures, place: Place) {
  const figures = await takeFigures(leader, measures, place)
  return { figures, ...(await readViews(leader, measures, figures)) }
}

/** Row count of every table. */
export function rowCounts({ fingerprint }: Reading): Record<string, number> {
  return Object.fromEntries([...fingerprint.contents].map(([name, { rows }]) => [name, rows]))
}

/** How much is compared wherever two readings are. */
export function countCompared({ figures, fingerprint }: Reading): Record<string, number> {
  return {
    measures: Object.keys(figures).length,
    tables: fingerprint.contents.size,
    sequences: fingerprint.sequences.size,
    largeObjects: fingerprint.largeObjects.size,
    objects: fingerprint.catalog.size,
    clusterObjects: fingerprint.cluster.size,
    systemCatalogs: fingerprint.system.size,
  }
}
