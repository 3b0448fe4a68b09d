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

function printDifference(one: Difference, first: string, second: string): string {
  switch (one.kind) {
    case 'content':
      return `content of ${one.table} differs between ${first} and ${second}, with the same number of rows`
    case 'row by row': {
      const { onlyFirst, onlySecond, changed } = one.rows
      const [keys, only] = [sampleKeys(one.rows), `${onlyFirst.length} in ${first} only`]
      const sample = keys.length === 0 ? '' : ` (among them ${keys.join(', ')})`
      return `rows of ${one.table}: ${only}, ${onlySecond.length} in ${second} only, ${changed.length} changed${sample}`
    }
    case 'rewritten':
      return `${one.rows} rows of ${one.table} were rewritten with the same content`
    case 'new large objects':
      return 'large objects that the release created: different bytes'
    case 'only in one':
      return `${one.class} ${one.identity} is in ${one.side === 'first' ? first : second} only`
    case 'attribute': {
      const sides = `${quote(one.before)} in ${first}, ${quote(one.after)} in ${second}`
      return `${one.class} ${one.identity}: ${one.attribute} is ${sides}`
    }
    default:
      return `${valueWords[one.kind]} ${one.name}: ${show(one.before)} in ${first}, ${show(one.after)} in ${second}`
  }
}

const valueWords: Readonly<Record<ValueDifference['kind'], string>> = {
  measure: 'measure',
  rows: 'rows of',
  sequence: 'sequence',
  'large object': 'large object',
  writes: 'writes to',
}

/** What of a cluster is not as it was at entry, a sentence each. */
export function printClusterFaults(faults: readonly ClusterFault[]): string[] {
  const notSetBack = 'the cluster could not be reset'
  return faults.map((fault) => {
    if (fault.kind === 'failed') return `${notSetBack}: ${fault.statement}: ${fault.message}`
    const what = fault.kind === 'left' ? notSetBack : `production's own server has changed, and is not reset`
    return `${what}: ${printDifference(fault.difference, 'the cluster at entry', 'it now')}`
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
