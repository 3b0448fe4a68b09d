import type { Divergence, Evidence, Step } from '../../evidence/schema.ts'
import { countDeclared } from '../outcome.ts'
import { formatCount } from '../units.ts'
import { capitalise, cell, findActs, renderAct } from './acts.ts'
import { bullets, escapeText, table } from './syntax.ts'

const shownRows = 50

/** Golden against rehearsal: every difference with its cause, then the rows that show it. */
export function renderDivergences(evidence: Evidence): string[] {
  const acts = findActs(evidence, 'divergences')
  const { divergences } = evidence
  if (acts.length === 0) return []
  const performed = acts.some((act) => act.status === 'performed')
  return [
    `## Divergences: ${summarise(divergences, performed)}`,
    bullets(acts.map((act) => renderAct(withoutFigures(act), evidence))),
    ...(divergences.length > 0 ? [renderTable(divergences)] : []),
    ...(performed ? ['Everything else that was compared is equal in both.'] : []),
    ...divergences.flatMap(renderRows),
  ]
}

/** The table lists them, with their causes. */
function withoutFigures(act: Step): Step {
  return { ...act, before: {}, after: {} }
}

function summarise(divergences: readonly Divergence[], performed: boolean): string {
  if (divergences.length === 0) return performed ? 'none' : 'not compared'
  const undeclared = divergences.filter((divergence) => !divergence.declared).length
  const gone = divergences.filter(hasGone)
  const rest = countDeclared(divergences.filter((divergence) => !hasGone(divergence)))
  const parts = [`${rest} declared`]
  if (undeclared > 0) parts.push(`${undeclared} NOT DECLARED`)
  if (gone.length > 0) parts.push(`${countDeclared(gone)} declared but gone`)
  return parts.join(', ')
}

function renderTable(divergences: readonly Divergence[]): string {
  return table(
    [
      { title: 'Count' },
      { title: 'Golden', align: 'right' },
      { title: 'Rehearsal', align: 'right' },
      { title: 'Why' },
    ],
    divergences.map((divergence, index) => [
      escapeText(divergence.subject),
      cell(divergence.golden),
      cell(divergence.rehearsal),
      hasCauseOf(divergence, divergences[index - 1]) ? 'the same' : renderCause(divergence),
    ]),
  )
}

/** Whether the row above gave the same cause: several figures of one declared divergence can share it. */
function hasCauseOf(divergence: Divergence, previous: Divergence | undefined): boolean {
  return (
    divergence.title !== null &&
    divergence.title === previous?.title &&
    renderCause(divergence) === renderCause(previous)
  )
}

function renderCause(divergence: Divergence): string {
  const cause = escapeText(divergence.cause ?? '')
  if (!divergence.declared) return `**not declared**${cause === '' ? '' : `: ${cause}`}`
  if (hasGone(divergence)) return `**declared, but no longer occurs**: ${cause}`
  return cause === '' ? 'declared without a cause' : cause
}

function hasGone({ declared, golden, rehearsal }: Divergence): boolean {
  return declared && golden === rehearsal
}

function renderRows({ title, subject, rows }: Divergence): string[] {
  if (rows.length === 0) return []
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const isNumber = (name: string) => rows.every((row) => /^-?[\d.]+$/.test(row[name] ?? '0'))
  return [
    `### ${escapeText(capitalise(title ?? subject))}: ${formatCount(rows.length, 'row')} ${rows.length === 1 ? 'shows' : 'show'} it`,
    table(
      names.map((name) => (isNumber(name) ? { title: name, align: 'right' } : { title: name })),
      rows.slice(0, shownRows).map((row) => names.map((name) => renderValue(row[name]))),
    ),
    ...(rows.length > shownRows ? [`The other ${rows.length - shownRows} are in evidence.json.`] : []),
  ]
}

function renderValue(value: string | null | undefined): string {
  return value === null || value === undefined ? '_null_' : escapeText(value)
}
