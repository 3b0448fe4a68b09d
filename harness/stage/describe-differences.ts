import { compareSnapshots, differences, type Snapshot } from '../measure/snapshot.ts'

/** Which parts of two snapshots must be alike. A dump and a rollback carry all but the positions of sequences that were rolled on. */
export interface Comparison {
  readonly sequences?: boolean
}

/** Every respect in which two snapshots differ, one sentence each; empty where they are equal. */
export function describeDifferences(
  firstName: string,
  first: Snapshot,
  secondName: string,
  second: Snapshot,
  { sequences = true }: Comparison = {},
): string[] {
  const common = (figures: Snapshot['figures'], other: Snapshot['figures']) =>
    Object.fromEntries(Object.entries(figures).filter(([name]) => name in other))
  const tell = (
    what: string,
    entries: Record<string, { before: string | number | null; after: string | number | null }>,
  ): string[] =>
    Object.entries(entries).map(
      ([name, { before, after }]) =>
        `${what} ${name}: ${show(before)} in ${firstName}, ${show(after)} in ${secondName}`,
    )
  const compared = compareSnapshots(first, second)
  return [
    ...tell(
      'measure',
      differences(common(first.figures, second.figures), common(second.figures, first.figures)),
    ),
    ...tell('rows of', differences(first.rows, second.rows)),
    ...compared.rewritten.map(
      (table) =>
        `content of ${table} differs between ${firstName} and ${secondName}, at the same number of rows`,
    ),
    ...(sequences ? tell('sequence', differences(first.sequences, second.sequences)) : []),
    ...compared.objects.created.map(
      (object) => `${object.class} ${object.identity} is in ${secondName} only`,
    ),
    ...compared.objects.dropped.map((object) => `${object.class} ${object.identity} is in ${firstName} only`),
  ]
}

function show(value: string | number | null): string {
  return value === null ? 'absent' : String(value)
}
