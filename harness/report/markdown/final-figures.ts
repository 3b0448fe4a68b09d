import type { Evidence, Figure, Figures, Step } from '../../evidence/schema.ts'
import { formatInteger } from '../units.ts'
import { capitalise, cell } from './acts.ts'
import { escapeText, table } from './syntax.ts'

type Kind = readonly [name: string, figure: Figure]

/** A group of more kinds than this has a section of its own. */
const mostKindsInRow = 3

/** The measures after the last tier that was performed; a group of few kinds in one row. */
export function renderFinalFigures(evidence: Evidence): string[] {
  const last = evidence.tiers.at(-1)
  const measured = findLastMeasured(evidence)
  if (!last || !measured) return []
  return [
    `## ${formatTitle(measured.id)}`,
    ...(measured === last
      ? []
      : [
          `${escapeText(last.id)} was not performed: these are the figures after ${escapeText(measured.id)}.`,
        ]),
    table([{ title: 'Measure' }, { title: 'Figure', align: 'right' }], renderRows(measured.after)),
  ]
}

/** A section for each group of many kinds: `drift.late_return` is listed as `late_return` under "Drift". */
export function renderFigureGroups(evidence: Evidence): string[] {
  const measured = findLastMeasured(evidence)
  if (!measured) return []
  return [...readGroups(measured.after)].flatMap(([group, kinds]) =>
    kinds.length > mostKindsInRow ? renderGroup(group, kinds) : [],
  )
}

/** In the order of the figures; a group takes the place of its first kind. */
function renderRows(figures: Figures): string[][] {
  const groups = readGroups(figures)
  return Object.entries(figures).flatMap(([name, figure]) => {
    const group = groupOf(name)
    if (group === null) return [[escapeText(name), cell(figure)]]
    const kinds = groups.get(group) ?? []
    const isFirst = name === `${group}.${kinds[0]?.[0]}`
    return isFirst && kinds.length <= mostKindsInRow ? [renderGroupRow(group, kinds)] : []
  })
}

function renderGroupRow(group: string, kinds: readonly Kind[]): string[] {
  const parts = kinds.map(([kind, figure]) => `${escapeText(kind)} ${cell(figure)}`).join(', ')
  const total = sum(kinds)
  return [`${escapeText(group)}: ${parts}`, total === null ? 'absent' : formatInteger(total)]
}

function readGroups(figures: Figures): Map<string, Kind[]> {
  const groups = new Map<string, Kind[]>()
  for (const [name, figure] of Object.entries(figures)) {
    const group = groupOf(name)
    if (group === null) continue
    groups.set(group, [...(groups.get(group) ?? []), [name.slice(group.length + 1), figure]])
  }
  return groups
}

function groupOf(name: string): string | null {
  return /^([^.]+)\../.exec(name)?.[1] ?? null
}

function renderGroup(group: string, figures: readonly Kind[]): string[] {
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

function formatTitle(id: string): string {
  const number = /^T(\d+)$/.exec(id)?.[1]
  return number === undefined ? `${escapeText(id)} table` : `Tier-${number} table`
}

function sum(figures: readonly Kind[]): number | null {
  return figures.reduce<number | null>(
    (total, [, figure]) => (total === null || typeof figure !== 'number' ? null : total + figure),
    0,
  )
}
