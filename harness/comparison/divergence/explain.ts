import type { RehearsalConfig } from '../../config/rehearsal.ts'
import type { Divergence, Figure } from '../../evidence/schema.ts'
import type { RowDifferences } from './compare-rows.ts'
import { describeRows } from './compare-tables.ts'
import type { RowProof } from './prove-by-rows.ts'

type Sides<T> = Readonly<Record<string, { readonly before: T | null; readonly after: T | null }>>

/** Everything in which golden (`before`) and the clone (`after`) differ. */
export interface Differences {
  readonly figures: Sides<Figure>
  readonly rowCounts: Sides<number>
  readonly tables: Readonly<Record<string, RowDifferences>>
  /** Each object that is not alike in both, one sentence each. */
  readonly objects: readonly string[]
}

/** What no declaration covers, as divergences where it is a figure, and tables that were declared as rewound for nothing; one sentence for each. */
export function findUnexplained(
  { divergences, rewound }: Pick<RehearsalConfig, 'divergences'> & { readonly rewound: readonly string[] },
  { figures, rowCounts, tables: contents, objects }: Differences,
): { divergences: Divergence[]; problems: string[] } {
  const measures = divergences.flatMap((declared) => declared.measures)
  const tables = [...rewound, ...divergences.flatMap((declared) => declared.tables ?? [])]
  const counts = [
    ...Object.entries(figures).filter(([name]) => !measures.includes(name)),
    ...Object.entries(rowCounts)
      .filter(([table]) => !tables.includes(table))
      .map(([table, sides]) => [`rows of ${table}`, sides] as const),
  ]
  return {
    divergences: counts.map(([subject, { before, after }]) => ({
      title: null,
      subject,
      golden: before,
      rehearsal: after,
      declared: false,
      cause: null,
      rows: [],
    })),
    problems: [
      // What excuses a table must have happened to it.
      ...rewound
        .filter((table) => !Object.hasOwn(contents, table))
        .map((table) => `declared rewind no longer occurs: ${table} has the same rows in both`),
      ...[
        ...counts.map(
          ([subject, { before, after }]) => `${subject} is ${show(before)} in golden, ${show(after)} here`,
        ),
        ...Object.entries(contents)
          .filter(([table]) => !tables.includes(table))
          .map(([table, rows]) => `${table} ${describeRows(rows)}`),
        ...objects,
      ].map((sentence) => `unexplained divergence: ${sentence}`),
    ],
  }
}

/** Checks one declaration: each of its figures and tables must differ, and its rows must account for the first figure. */
export function checkDeclared(
  { title, cause, measures, tables = [] }: RehearsalConfig['divergences'][number],
  { figures, tables: contents }: Differences,
  known: Readonly<Record<string, Figure>>,
  proof: RowProof,
): { divergences: Divergence[]; problems: string[] } {
  const [first] = measures
  const difference = figures[first!]
  const surplus = difference === undefined ? null : Number(difference.before) - Number(difference.after)
  // A row that differs in content stands on both sides: it makes no difference in number, and so is not accounted for.
  const isAccounted =
    surplus === null ||
    (proof.onlyGolden === Math.max(surplus, 0) && proof.onlyClone === Math.max(-surplus, 0))
  const shown = proof.onlyGolden + proof.onlyClone
  const differing = tables.reduce((sum, table) => sum + countRows(contents[table]), 0)
  return {
    divergences: measures.map((subject) => {
      const { before, after } = figures[subject] ?? {
        before: known[subject] ?? null,
        after: known[subject] ?? null,
      }
      const rows = subject === first ? proof.rows : []
      return { title, subject, golden: before, rehearsal: after, declared: true, cause, rows }
    }),
    problems: [
      ...measures
        .filter((name) => figures[name] === undefined)
        .map(
          (name) => `declared divergence no longer occurs: ${name} is ${show(known[name] ?? null)} in both`,
        ),
      ...tables
        .filter((table) => contents[table] === undefined)
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

function countRows(rows: RowDifferences | undefined): number {
  return rows === undefined ? 0 : rows.onlyFirst.length + rows.onlySecond.length + rows.changed.length
}

function show(figure: Figure): string {
  return figure === null ? 'absent' : String(figure)
}
