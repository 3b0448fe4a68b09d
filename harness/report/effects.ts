import type { DatabaseObject, Step } from '../evidence/schema.ts'
import { findMoves } from './figures.ts'
import { formatCount, formatInteger } from './units.ts'

/**
 * The tables whose rows changed: `+24 loans`, `-2 loans`, `loans rewritten`; a table that was made empty is not
 * among them.
 */
export function formatRowChanges({ rows, rewritten }: Pick<Step, 'rows' | 'rewritten'>): string[] {
  const counted = Object.entries(rows).flatMap(([table, { before, after }]) => {
    const change = (after ?? 0) - (before ?? 0)
    return change === 0 ? [] : [`${formatSigned(change)} ${table.replace(/^public\./, '')}`]
  })
  return [...counted, ...rewritten.map((table) => `${table} rewritten`)]
}

/** Objects counted by class: `+2 tables`, `+3 views`, `-1 function`. */
export function formatObjectChanges(objects: Step['objects']): string[] {
  return [...countByClass(objects.created, '+'), ...countByClass(objects.dropped, '-')]
}

/** Whether the step was measured before and after and nothing of what was measured changed. */
export function hasChangedNothing(step: Step): boolean {
  return (
    Object.keys(step.before).length > 0 &&
    Object.keys(step.after).length > 0 &&
    findMoves(step.before, step.after).length === 0 &&
    Object.keys(step.rows).length === 0 &&
    step.rewritten.length === 0 &&
    Object.keys(step.sequences).length === 0 &&
    step.objects.created.length === 0 &&
    step.objects.dropped.length === 0
  )
}

const leadingClasses = ['table', 'view', 'materialized view', 'function']

function countByClass(objects: readonly DatabaseObject[], sign: '+' | '-'): string[] {
  const counts = new Map<string, number>()
  for (const { class: name } of objects) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
    .map(([name, count]) => `${sign}${formatCount(count, name)}`)
}

function formatSigned(change: number): string {
  return `${change > 0 ? '+' : ''}${formatInteger(change)}`
}

function rank(name: string): number {
  const index = leadingClasses.indexOf(name)
  return index < 0 ? leadingClasses.length : index
}
