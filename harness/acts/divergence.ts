import { toDumpLossFacts } from '../restore/dump/dump-loss.ts'
import { compareTables, type TableDifference } from '../comparison/divergence/compare-tables.ts'
import { checkDeclared, findUnexplained } from '../comparison/divergence/explain.ts'
import { proveByRows } from '../comparison/divergence/prove-by-rows.ts'
import { changedRelations } from '../fingerprint/row-diffs.ts'
import { compareValues, listObjects, type Difference } from '../comparison/difference.ts'
import { rowCounts } from '../measure/reading.ts'
import { compareAcross, findStale, type DumpComparison } from '../comparison/compare-dump.ts'
import type { Divergence } from '../evidence/schema.ts'
import { defineAct } from './common/act.ts'
import { baseline } from './baseline.ts'
import { clone } from './clone.ts'
import { goldenBackup, noGolden } from './golden-backup.ts'
import { lastTier } from './tier.ts'
import { readClone } from './common/read-clone.ts'

/**
 * Compares golden with the clone that has had every tier: all measures, the row counts of all tables, all objects,
 * and the content of all tables. Whatever differs must be declared, and what is declared must differ.
 */
export const divergence = defineAct({
  id: 'divergence',
  title: 'golden against rehearsal',
  folder: 'divergence',
  section: 'divergences',
  declaredBy: (config) => config.golden,
  notShown: noGolden,
  needs: { baseline, goldenBackup, clone, lastTier },
  after: ['full-read'],
  async perform(
    run,
    { baseline: { production: source }, goldenBackup: backup, clone: { clone: stepped } },
    declared,
  ) {
    const { golden } = backup!
    const { config, reportProgress } = run
    const { reading: production } = source
    const own = rowCounts(production)
    reportProgress('reading the clone again, and comparing differing tables with golden row by row')
    const rehearsed = await readClone(run, stepped)
    const nondeterministic = [
      ...Object.keys({ ...config.nondeterministic, ...declared.nondeterministic }),
      ...stepped.blankedColumns,
    ]
    // Golden was copied from production, the clone restored from its dump, and blanked.
    const dump: DumpComparison = {
      privileges: config.clone.privileges ?? true,
      carried: [],
      atRestore: { source: production, restored: stepped.entry.reading },
    }
    const changed = changedRelations(golden.reading.fingerprint, rehearsed.fingerprint)
    const stale = findStale(changed, { source: golden.reading, restored: rehearsed }, dump)
    const tables = await compareTables(
      golden,
      { readers: stepped.readers, reading: rehearsed },
      changed.filter((table) => !stale.has(table)),
      nondeterministic,
    )
    const objects = await compareAcross(
      golden.reading.fingerprint.catalog,
      rehearsed.fingerprint.catalog,
      dump,
    )
    const found: Difference[] = [
      ...compareValues('measure', golden.reading.figures, rehearsed.figures),
      ...compareValues('rows', rowCounts(golden.reading), rowCounts(rehearsed)).filter(
        ({ name }) => !stale.has(name),
      ),
      ...tables,
      ...listObjects(objects),
    ]

    const problems: string[] = []
    const divergences: Divergence[] = []
    for (const one of config.divergences) {
      const proof = await proveByRows(golden.readers.leader, stepped.readers.leader, one.rows)
      const checked = checkDeclared(one, found, rehearsed.figures, proof)
      divergences.push(...checked.divergences)
      problems.push(...checked.problems)
    }
    const unexplained = findUnexplained({ divergences: config.divergences, rewound: declared.rewound }, found)
    divergences.push(...unexplained.divergences)
    return {
      status: 'performed' as const,
      divergences,
      problems: [...rehearsed.contradictions, ...unexplained.problems, ...problems],
      change: { before: golden.reading.figures, after: rehearsed.figures },
      facts: {
        measuresCompared: Object.keys(rehearsed.figures).length,
        tablesCompared: rehearsed.fingerprint.contents.size,
        objectsCompared: rehearsed.fingerprint.catalog.size,
        dumpLosses: toDumpLossFacts(dump.carried),
        // By whose they are: production's, or made by the release.
        ownTables: toFact(tables.filter(({ table }) => table in own)),
        releaseTables: toFact(tables.filter(({ table }) => !(table in own))),
      },
    }
  },
})

function toFact(tables: readonly TableDifference[]) {
  return Object.fromEntries(tables.map(({ table, rows }) => [table, { ...rows }]))
}
