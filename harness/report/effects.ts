import { isEmptyEffect } from '../evidence/declared-effect.ts'
import type { Effect, Step } from '../evidence/schema.ts'
import { findMoves } from './figures.ts'
import { formatCount, formatInteger } from './units.ts'

type ObjectRef = Effect['objects']['created'][number]

/** The tables whose rows changed: `+24 loans`, `-2 loans`, `3 loans updated`, `5 loans rewritten`. */
export function formatRowChanges({ effect }: Pick<Step, 'effect'>): string[] {
  return Object.entries(effect?.tables ?? {}).flatMap(([name, rows]) => {
    const table = name.replace(/^public\./, '')
    return [
      ...(rows.inserted > 0 ? [`+${formatInteger(rows.inserted)} ${table}`] : []),
      ...(rows.deleted > 0 ? [`-${formatInteger(rows.deleted)} ${table}`] : []),
      ...(rows.updated > 0 ? [`${formatInteger(rows.updated)} ${table} updated`] : []),
      ...(rows.rewritten > 0 ? [`${formatInteger(rows.rewritten)} ${table} rewritten`] : []),
    ]
  })
}

/** Objects counted by class: `+2 tables`, `+3 views`, `-1 function`, `1 column altered`. */
export function formatObjectChanges({ effect }: Pick<Step, 'effect'>): string[] {
  if (effect === null) return []
  const { created, dropped, altered } = effect.objects
  const own = (objects: readonly ObjectRef[]) => objects.filter(({ withParent }) => !withParent)
  return [
    ...countByClass(own(created)).map((text) => `+${text}`),
    ...countByClass(own(dropped)).map((text) => `-${text}`),
    ...countByClass(altered).map((text) => `${text} altered`),
  ]
}

/** Whether the step was measured before and after and nothing of what was measured changed. */
export function hasChangedNothing({ before, after, effect }: Step): boolean {
  return (
    Object.keys(before).length > 0 &&
    Object.keys(after).length > 0 &&
    findMoves(before, after).length === 0 &&
    (effect === null || isEmptyEffect(effect))
  )
}

const leadingClasses = ['table', 'view', 'materialized view', 'function']

function countByClass(objects: readonly { readonly class: string }[]): string[] {
  const counts = new Map<string, number>()
  for (const { class: name } of objects) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
    .map(([name, count]) => formatCount(count, name))
}

function rank(name: string): number {
  const index = leadingClasses.indexOf(name)
  return index < 0 ? leadingClasses.length : index
}
