import type { RehearsalConfig } from '../../config/rehearsal.ts'
import type { Divergence, Figure } from '../../evidence/schema.ts'
import { countRows } from '../../fingerprint/content/row-diff.ts'
import type { Difference } from '../difference.ts'
import { printDifferences } from '../print-difference.ts'
import type { RowProof } from './prove-by-rows.ts'

/**
 * What no declaration covers, as divergences where it is a figure, and tables that were declared as rewound for
 * nothing; one sentence for each.
 */
export function findUnexplained(
  { divergences, rewound }: Pick<RehearsalConfig, 'divergences'> & { readonly rewound: readonly string[] },
  found: readonly Difference[],
): { divergences: Divergence[]; problems: string[] } {
  const measures = divergences.flatMap((declared) => declared.measures)
  const tables = [...rewound, ...divergences.flatMap((declared) => declared.tables ?? [])]
  const unexplained = found.filter((difference) => {
    if (difference.kind === 'measure') return !measures.includes(difference.name)
    if (difference.kind === 'rows') return !tables.includes(difference.name)
    return difference.kind !== 'row by row' || !tables.includes(difference.table)
  })
  return {
    divergences: unexplained.flatMap((difference) => {
      if (difference.kind !== 'measure' && difference.kind !== 'rows') return []
      const { kind, name, before, after } = difference
      const subject = kind === 'rows' ? `rows of ${name}` : name
      return [
        { title: null, subject, golden: before, rehearsal: after, declared: false, cause: null, rows: [] },
      ]
    }),
    problems: [
      // What excuses a table must have happened to it.
      ...rewound
        .filter((table) => countDiffering(found, table) === 0)
        .map((table) => `declared rewind no longer occurs: ${table} has the same rows in both`),
      ...printDifferences(unexplained, 'golden', 'the rehearsal').map(
        (sentence) => `unexplained divergence: ${sentence}`,
      ),
    ],
  }
}

/**
 * Checks one declaration: each of its figures and tables must differ, and its rows must account for the first figure.
 */
export function checkDeclared(
  { title, cause, measures, tables = [] }: RehearsalConfig['divergences'][number],
  found: readonly Difference[],
  known: Readonly<Record<string, Figure>>,
  proof: RowProof,
): { divergences: Divergence[]; problems: string[] } {
  const [first] = measures
  const figureOf = (measure: string | undefined) =>
    found.find((one) => one.kind === 'measure' && one.name === measure) as
      Extract<Difference, { kind: 'measure' }> | undefined
  const difference = figureOf(first)
  const surplus = difference === undefined ? null : Number(difference.before) - Number(difference.after)
  // A row that differs in content is on both sides: it does not change the number, and so is not counted.
  const isAccounted =
    surplus === null ||
    (proof.onlyGolden === Math.max(surplus, 0) && proof.onlyClone === Math.max(-surplus, 0))
  const shown = proof.onlyGolden + proof.onlyClone
  const differing = tables.reduce((sum, table) => sum + countDiffering(found, table), 0)
  return {
    divergences: measures.map((subject) => {
      const { before, after } = figureOf(subject) ?? {
        before: known[subject] ?? null,
        after: known[subject] ?? null,
      }
      const rows = subject === first ? proof.rows : []
      return { title, subject, golden: before, rehearsal: after, declared: true, cause, rows }
    }),
    problems: [
      ...measures
        .filter((name) => figureOf(name) === undefined)
        .map(
          (name) => `declared divergence no longer occurs: ${name} is ${show(known[name] ?? null)} in both`,
        ),
      ...tables
        .filter((table) => countDiffering(found, table) === 0)
        .map((table) => `declared divergence no longer occurs: ${table} has the same rows in both`),
      ...(tables.length === 0 || differing === shown
        ? []
        : [
            `divergence not accounted for: ${differing} rows of ${tables.join(', ')} differ, ` +
              `but the rows of its cause are ${shown}`,
          ]),
      ...(isAccounted
        ? []
        : [
            `divergence not accounted for: ${first} is ${show(difference!.before)} in golden and ${show(difference!.after)} here, ` +
              `but of the rows of its cause ${proof.onlyGolden} are only in golden and ${proof.onlyClone} only here`,
          ]),
    ],
  }
}

/** How many rows of the table differ. */
function countDiffering(found: readonly Difference[], table: string): number {
  const difference = found.find((one) => one.kind === 'row by row' && one.table === table)
  return difference?.kind === 'row by row' ? countRows(difference.rows) : 0
}

function show(figure: Figure): string {
  return figure === null ? 'absent' : String(figure)
}
