import { sampleKeys } from '../fingerprint/content/row-diff.ts'
import type { LargeObject } from '../fingerprint/large-objects.ts'
import type { Difference, ValueDifference } from './difference.ts'
import type { ClusterFault } from './set-cluster-back.ts'

/** Each difference in a sentence, with the names of the two that were compared. */
export function printDifferences(
  differences: readonly Difference[],
  first: string,
  second: string,
): string[] {
  return differences.map((difference) => printDifference(difference, first, second))
}

function printDifference(difference: Difference, first: string, second: string): string {
  switch (difference.kind) {
    case 'content':
      return `content of ${difference.table} differs between ${first} and ${second}, at the same number of rows`
    case 'row by row':
      return printRows(difference, first, second)
    case 'rewritten':
      return `${difference.rows} rows of ${difference.table} were written anew with the same content`
    case 'new large objects':
      return 'large objects that the release made: other bytes'
    case 'only in one': {
      const { class: kind, identity, side } = difference
      return `${kind} ${identity} is in ${side === 'first' ? first : second} only`
    }
    case 'attribute': {
      const { class: kind, identity, attribute, before, after } = difference
      return `${kind} ${identity}: ${attribute} is ${quote(before)} in ${first}, ${quote(after)} in ${second}`
    }
    default: {
      const { kind, name, before, after } = difference
      return `${valueWords[kind]} ${name}: ${show(before)} in ${first}, ${show(after)} in ${second}`
    }
  }
}

const valueWords: Readonly<Record<ValueDifference['kind'], string>> = {
  measure: 'measure',
  rows: 'rows of',
  sequence: 'sequence',
  'large object': 'large object',
  writes: 'writes to',
}

function printRows(
  { table, rows }: Extract<Difference, { kind: 'row by row' }>,
  first: string,
  second: string,
): string {
  const keys = sampleKeys(rows)
  const { onlyFirst, onlySecond, changed } = rows
  return (
    `rows of ${table}: ${onlyFirst.length} in ${first} only, ${onlySecond.length} in ${second} only, ` +
    `${changed.length} changed${keys.length === 0 ? '' : ` (among them ${keys.join(', ')})`}`
  )
}

/** What of a cluster is not as it was at entry, a sentence each. */
export function printClusterFaults(faults: readonly ClusterFault[]): string[] {
  return faults.map((fault) => {
    if (fault.kind === 'failed')
      return `the cluster could not be set back: ${fault.statement}: ${fault.message}`
    const beginning =
      fault.kind === 'left'
        ? 'the cluster could not be set back'
        : "production's own server has changed, and is not set back"
    return `${beginning}: ${printDifference(fault.difference, 'the cluster at entry', 'it now')}`
  })
}

function quote(value: string | null): string {
  if (value === null) return 'not set'
  return value.length > 200 ? `${JSON.stringify(value.slice(0, 200))}…` : JSON.stringify(value)
}

function show(value: string | number | LargeObject | null): string {
  if (value === null) return 'absent'
  return typeof value === 'object' ? `${value.bytes} bytes` : String(value)
}
