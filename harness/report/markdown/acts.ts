import type { Evidence, Step } from '../../evidence/schema.ts'
import { formatObjectChanges, formatRowChanges, hasChangedNothing } from '../effects.ts'
import { formatFacts } from '../facts.ts'
import { formatFigure, formatMoves } from '../figures.ts'
import { findFaults, judgeStep } from '../outcome.ts'
import { formatDuration } from '../units.ts'
import { blankingFacts } from './escape-attempts.ts'
import { code, escapeText, headline } from './syntax.ts'

export function findActs({ acts }: Evidence, wanted: Step['section']): Step[] {
  return acts.filter(({ section }) => section === wanted)
}

/** Whether an act was performed: without figures, then, no measure is declared. */
export function hasPerformed(acts: readonly Step[], wanted: string): boolean {
  return acts.some(({ id, status }) => id === wanted && status === 'performed')
}

/** An act in one bullet: title, outcome, what it showed, what it changed, time. */
export function renderAct(act: Step, evidence: Evidence): string {
  const phrases = [
    ...findFaults(act).map(headline),
    ...formatFacts(withoutOwnLines(act), code),
    ...renderMoves(act),
    ...formatRowChanges(act).map(escapeText),
    ...formatObjectChanges(act),
    ...(hasChangedNothing(act) ? ['nothing changed'] : []),
    ...renderTime(act),
  ]
  return `${renderTitle(act, evidence)}${phrases.length > 0 ? `: ${phrases.join(', ')}` : ''}.`
}

function withoutOwnLines({ id, facts }: Step): Step['facts'] {
  if (id !== 'clone') return facts
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !blankingFacts.includes(name)))
}

export function renderTitle(step: Step, evidence: Evidence): string {
  const title = step.kind === 'tier' ? `${step.id} ${step.title}` : step.title
  return `**${escapeText(capitalise(title))}** ${judgeStep(step, evidence.tests)}`
}

export function renderMoves({ before, after }: Step): string[] {
  return formatMoves(before, after, ' → ').map(escapeText)
}

/** The time of the step's SQL where it is known, else of the whole step. */
export function renderTime(step: Step): string[] {
  const hasRun = step.status !== 'blocked' && step.status !== 'pending'
  return hasRun && step.durationMs > 0 ? [formatDuration(step.sqlMs ?? step.durationMs)] : []
}

export function cell(figure: Parameters<typeof formatFigure>[0]): string {
  return escapeText(formatFigure(figure))
}

export function capitalise(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
