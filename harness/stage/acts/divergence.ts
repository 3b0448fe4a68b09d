import { compareTables } from '../../divergence/compare-tables.ts'
import { checkDeclared, findUnexplained, type Differences } from '../../divergence/explain.ts'
import { proveByRows } from '../../divergence/prove-by-rows.ts'
import { changedContent, compareSnapshots, differences, takeSnapshot } from '../../measure/snapshot.ts'
import { required, type Outcome, type World } from '../world.ts'

/**
 * Compares golden with the clone that has had every tier: all measures, the row counts of all tables, all objects,
 * and the content of all tables. Whatever differs must be declared, and what is declared must differ.
 */
export async function performDivergence(world: World): Promise<Outcome> {
  const { config, tell } = world
  const { session } = required(world.clone, 'clone')
  const golden = required(world.golden, 'golden clone')
  const own = required(world.production, 'production').snapshot.rows
  tell('reading the content of every table of the clone')
  const rehearsed = await takeSnapshot(session, config.measures, 'elsewhere')
  const changed = changedContent(golden.snapshot, rehearsed)
  const volatile = Object.keys(config.golden.volatile ?? {})
  const found: Differences = {
    figures: differences(golden.snapshot.figures, rehearsed.figures),
    rowCounts: differences(golden.snapshot.rows, rehearsed.rows),
    tables: await compareTables(golden.session, session, changed, volatile),
    objects: compareSnapshots(golden.snapshot, rehearsed).objects,
  }

  const problems: string[] = []
  for (const declared of config.divergences) {
    const proof = await proveByRows(golden.session, session, declared.rows)
    const checked = checkDeclared(declared, found, rehearsed.figures, proof)
    world.divergences.push(...checked.divergences)
    problems.push(...checked.problems)
  }
  const unexplained = findUnexplained(config, found)
  world.divergences.push(...unexplained.divergences)
  return {
    status: 'performed',
    problems: [...rehearsed.contradictions, ...unexplained.problems, ...problems],
    change: { before: golden.snapshot.figures, after: rehearsed.figures },
    facts: {
      measuresCompared: Object.keys(rehearsed.figures).length,
      tablesCompared: Object.keys(rehearsed.rows).length,
      objectsCompared: rehearsed.objects.length,
      // By whose they are: production's, or made by the release.
      ownTables: pick(found.tables, (table) => table in own),
      releaseTables: pick(found.tables, (table) => !(table in own)),
    },
  }
}

function pick(tables: Differences['tables'], isWanted: (table: string) => boolean) {
  const wanted = Object.entries(tables).filter(([table]) => isWanted(table))
  return Object.fromEntries(wanted.map(([table, rows]) => [table, { ...rows }]))
}
