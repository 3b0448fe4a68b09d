import type { Evidence, Figure, Step } from '../../evidence/schema.ts'
import { formatInteger } from '../units.ts'
import { capitalise, cell } from './acts.ts'
import { escapeText, table } from './syntax.ts'

/** The measures after the last tier that was performed; those with a dot in their name have tables of their own. */
export function tellFinalFigures(evidence: Evidence): string[] {
  const last = evidence.tiers.at(-1)
  const measured = findLastMeasured(evidence)
  if (!last || !measured) return []
  const figures = Object.entries(measured.after).filter(([name]) => groupOf(name) === null)
  return [
    `## ${formatTitle(measured.id)}`,
    ...(measured === last
      ? []
      : [
          `${escapeText(last.id)} was not performed: these are the figures after ${escapeText(measured.id)}.`,
        ]),
    table(
      [{ title: 'Measure' }, { title: 'Figure', align: 'right' }],
      figures.map(([name, figure]) => [escapeText(name), cell(figure)]),
    ),
  ]
}

/** A section per group of measures: `drift.late_return` stands as `late_return` under "Drift". */
export function tellFigureGroups(evidence: Evidence): string[] {
  const measured = findLastMeasured(evidence)
  if (!measured) return []
  const groups = new Map<string, [string, Figure][]>()
  for (const [name, figure] of Object.entries(measured.after)) {
    const group = groupOf(name)
    if (group !== null)
      groups.set(group, [...(groups.get(group) ?? []), [name.slice(group.length + 1), figure]])
  }
  return [...groups].flatMap(([group, figures]) => tellGroup(group, figures))
}

function tellGroup(group: string, figures: readonly [string, Figure][]): string[] {
  const shown = figures.filter(([, figure]) => figure !== 0 && figure !== null)
  const named = (sought: Figure) =>
    figures.filter(([, figure]) => figure === sought).map(([name]) => escapeText(name))
  const zeros = named(0)
  const absent = named(null)
  const total = sum(figures)
  return [
    `## ${escapeText(capitalise(group))}${total === null ? '' : `: ${formatInteger(total)} in all`}`,
    ...(shown.length === 0
      ? []
      : [
          table(
            [{ title: capitalise(group) }, { title: 'Figure', align: 'right' }],
            shown.map(([name, figure]) => [escapeText(name), cell(figure)]),
          ),
        ]),
    ...(zeros.length === 0 ? [] : [`Zero: ${zeros.join(', ')}.`]),
    ...(absent.length === 0 ? [] : [`Absent: ${absent.join(', ')}.`]),
  ]
}

function findLastMeasured({ tiers }: Evidence): Step | undefined {
  return tiers.findLast((tier) => tier.status === 'performed' && Object.keys(tier.after).length > 0)
}

function groupOf(name: string): string | null {
  return /^([^.]+)\../.exec(name)?.[1] ?? null
}

function formatTitle(id: string): string {
  const number = /^T(\d+)$/.exec(id)?.[1]
  return number === undefined ? `${escapeText(id)} table` : `Tier-${number} table`
}

function sum(figures: readonly [string, Figure][]): number | null {
  return figures.reduce<number | null>(
    (total, [, figure]) => (total === null || typeof figure !== 'number' ? null : total + figure),
    0,
  )
}
