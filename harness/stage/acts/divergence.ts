import type { Divergence } from '../../evidence/schema.ts'
import { compareRows, type RowDifferences } from '../../measure/content.ts'
import { readRowRelations } from '../../measure/read-catalog.ts'
import { changedContent, compareSnapshots, differences, takeSnapshot } from '../../measure/snapshot.ts'
import type { Row, Session } from '../../postgres/session.ts'
import { required, type Outcome, type World } from '../world.ts'

/**
 * Compares golden with the clone that has had every tier: all measures, the row counts of all tables, all objects,
 * and the content of production's own tables. Whatever differs must be declared, and what is declared must differ.
 */
export async function performDivergence(world: World): Promise<Outcome> {
  const { config, tell } = world
  const clone = required(world.clone, 'clone')
  const golden = required(world.golden, 'golden clone')
  tell('reading the content of every table of the clone')
  const rehearsed = await takeSnapshot(clone.session, config.measures, 'elsewhere', { digests: true })

  const figures = differences(golden.snapshot.figures, rehearsed.figures)
  const rows = differences(golden.snapshot.rows, rehearsed.rows)
  const own = await compareOwnTables(world, changedContent(golden.snapshot, rehearsed))
  const { objects } = compareSnapshots(golden.snapshot, rehearsed)

  const declaredMeasures = config.divergences.flatMap(({ measures }) => measures)
  const declaredTables = [
    ...config.golden.rewound,
    ...config.divergences.flatMap(({ tables }) => tables ?? []),
  ]
  const undeclared = [
    ...Object.entries(figures).filter(([name]) => !declaredMeasures.includes(name)),
    ...Object.entries(rows)
      .filter(([table]) => !declaredTables.includes(table))
      .map(([table, sides]) => [`rows of ${table}`, sides] as const),
  ]
  const problems: string[] = [
    ...undeclared.map(
      ([name, { before, after }]) => `unexplained divergence: ${name} is ${before} in golden, ${after} here`,
    ),
    ...Object.keys(own)
      .filter((table) => !config.golden.rewound.includes(table))
      .map((table) => `unexplained divergence: ${table} ${describeRows(own[table]!)}`),
    ...objects.created.map(
      (object) => `unexplained divergence: ${object.class} ${object.identity} is missing in golden`,
    ),
    ...objects.dropped.map(
      (object) => `unexplained divergence: ${object.class} ${object.identity} is in golden only`,
    ),
  ]
  for (const declared of config.divergences) {
    const proof = await proveByRows(golden.session, clone.session, declared.rows)
    for (const name of declared.measures) {
      const sides = {
        golden: golden.snapshot.figures[name] ?? null,
        rehearsal: rehearsed.figures[name] ?? null,
      }
      if (!(name in figures))
        problems.push(`declared divergence no longer occurs: ${name} is ${sides.golden} in both`)
      world.divergences.push({
        subject: name,
        ...sides,
        declared: true,
        cause: declared.cause,
        rows: proof.rows,
      })
    }
    for (const table of (declared.tables ?? []).filter((name) => !(name in rows))) {
      problems.push(
        `declared divergence no longer occurs: ${table} has ${rehearsed.rows[table]} rows in both`,
      )
    }
    const first = figures[declared.measures[0]!]
    if (first !== undefined && Number(first.before) - Number(first.after) !== proof.surplus) {
      problems.push(
        `divergence not accounted for: ${declared.measures[0]} is ${first.before} in golden and ${first.after} here, ` +
          `but the rows of its cause make a difference of ${proof.surplus}`,
      )
    }
  }
  for (const [subject, { before, after }] of undeclared) {
    world.divergences.push({
      subject,
      golden: before,
      rehearsal: after,
      declared: false,
      cause: null,
      rows: [],
    })
  }
  return {
    status: 'performed',
    problems,
    change: { before: golden.snapshot.figures, after: rehearsed.figures },
    facts: {
      measuresCompared: Object.keys(rehearsed.figures).length,
      tablesCompared: Object.keys(rehearsed.rows).length,
      objectsCompared: rehearsed.objects.length,
      ownTables: Object.fromEntries(Object.entries(own).map(([table, found]) => [table, { ...found }])),
    },
  }
}

/** Production's own tables whose content differs, row by row, volatile columns aside. */
async function compareOwnTables(
  world: World,
  tables: readonly string[],
): Promise<Record<string, RowDifferences>> {
  const clone = required(world.clone, 'clone')
  const golden = required(world.golden, 'golden clone')
  const own = required(world.production, 'production').snapshot.rows
  const volatile = Object.keys(world.config.golden.volatile ?? {}).map((name) => name.split('.'))
  const found: Record<string, RowDifferences> = {}
  for (const relation of await readRowRelations(clone.session)) {
    const { identity } = relation
    if (!(identity in own) || !tables.includes(identity)) continue
    const ignored = volatile.filter(([table]) => table === identity).map(([, column]) => String(column))
    const rows = await compareRows(golden.session, clone.session, relation, ignored)
    if (rows.onlyFirst.length + rows.onlySecond.length + rows.changed.length > 0) found[identity] = rows
  }
  return found
}

/** Rows of a query that only one side has, as a multiset; `surplus` is golden's number less the clone's. */
async function proveByRows(golden: Session, clone: Session, query: string) {
  const [ours, theirs] = [await golden.rows(query), await clone.rows(query)]
  const onlyGolden = subtract(ours, theirs)
  const onlyRehearsal = subtract(theirs, ours)
  const tell = (side: string, rows: readonly Row[]): Divergence['rows'] =>
    rows.map((row) => ({
      in: side,
      ...Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asText(value)])),
    }))
  return {
    rows: [...tell('golden', onlyGolden), ...tell('rehearsal', onlyRehearsal)],
    surplus: onlyGolden.length - onlyRehearsal.length,
  }
}

function subtract(from: readonly Row[], rows: readonly Row[]): Row[] {
  const left = new Map<string, number>()
  for (const row of rows) left.set(JSON.stringify(row), (left.get(JSON.stringify(row)) ?? 0) + 1)
  return from.filter((row) => {
    const count = left.get(JSON.stringify(row)) ?? 0
    left.set(JSON.stringify(row), count - 1)
    return count <= 0
  })
}

function asText(value: Row[string]): string | null {
  return value === null ? null : String(value)
}

function describeRows({ onlyFirst, onlySecond, changed }: RowDifferences): string {
  const sample = [...onlyFirst, ...onlySecond, ...changed].slice(0, 5).join('; ')
  return `has ${onlyFirst.length} rows in golden only, ${onlySecond.length} here only, ${changed.length} changed (${sample})`
}
