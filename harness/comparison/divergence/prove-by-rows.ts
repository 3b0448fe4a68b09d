import type { Divergence } from '../../evidence/schema.ts'
import { onBehalfOf } from '../../postgres/sender.ts'
import type { Row, Session } from '../../postgres/session.ts'

/** Rows of one query that only one of two databases has, as a multiset. */
export interface RowProof {
  /** All values as text, with the column `in` that says on which side the row is. */
  readonly rows: Divergence['rows']
  readonly onlyGolden: number
  readonly onlyClone: number
}

/** Runs the query on both databases and keeps the rows that the other one does not have. */
export async function proveByRows(golden: Session, clone: Session, query: string): Promise<RowProof> {
  const [goldenRows, cloneRows] = await onBehalfOf({ by: 'rows of a divergence', kind: 'project' }, () =>
    Promise.all([golden.rows(query), clone.rows(query)]),
  )
  const onlyGolden = subtract(goldenRows, cloneRows)
  const onlyClone = subtract(cloneRows, goldenRows)
  return {
    rows: [...label('golden', onlyGolden), ...label('rehearsal', onlyClone)],
    onlyGolden: onlyGolden.length,
    onlyClone: onlyClone.length,
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

function label(side: string, rows: readonly Row[]): Divergence['rows'] {
  return rows.map((row) => {
    const values = Object.entries(row).map(
      ([name, value]) => [name, value === null ? null : String(value)] as const,
    )
    return { in: side, ...Object.fromEntries(values) }
  })
}
