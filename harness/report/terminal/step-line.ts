import stringWidth from 'string-width'
import type { Step } from '../../evidence/schema.ts'
import { formatObjectChanges, formatRowChanges } from '../effects.ts'
import { formatFacts } from '../facts.ts'
import { formatMoves } from '../figures.ts'
import { findFaults } from '../outcome.ts'
import { briefly, firstLine, plainText } from '../text.ts'
import { formatDuration } from '../units.ts'
import type { Prose } from './prose.ts'
import type { Style } from './style.ts'

const idColumns = 16
const underTitle = ' '.repeat(idColumns + 3)

/** A step in one line, time at the right; figures that find no room follow below, and so does what went wrong. */
export function formatStep(step: Step, prose: Prose, style: Style): string[] {
  const time = step.durationMs > 0 && hasRun(step) ? formatDuration(step.durationMs) : ''
  const head = `${markOf(step, style)} ${style.bold(step.id.padEnd(idColumns))} ${step.title}`
  const described = describeFigures(step).map(holdTogether)
  const figures = described.join('  ')
  const fits = figures !== '' && stringWidth(`${head}  ${figures} ${time}`) <= prose.columns()
  const lines = prose.wrap(fits ? `${head}  ${figures}` : head, underTitle)
  return [
    ...lines.slice(0, -1),
    ...withTime(lines.at(-1) ?? '', time, prose, style),
    ...(fits || figures === '' ? [] : layOut(described, prose)),
    ...describeFaults(step, prose, style),
  ].map((line) => line.replaceAll(glue, ' '))
}

/** Under its title a step says no more than this; the report says all. */
const mostLines = 3

/** As many of the figures as there is room for, and how many there are beside. */
function layOut(figures: readonly string[], prose: Prose, shown = figures.length): string[] {
  const hidden = figures.length - shown
  const rest = hidden === 0 ? [] : [holdTogether(`… ${hidden} more`)]
  const lines = prose.wrap(underTitle + [...figures.slice(0, shown), ...rest].join('  '), underTitle)
  return lines.length <= mostLines || shown === 1 ? lines : layOut(figures, prose, shown - 1)
}

/** Stands for a space at which no line is broken; a character of Unicode's private use area. */
const glue = '\uE000'
const longestHeld = 44

/** A short figure stays on one line: `+5 axis_value` is not parted from its sign. */
function holdTogether(figure: string): string {
  return figure.length > longestHeld ? figure : figure.replaceAll(' ', glue)
}

function hasRun({ status }: Step): boolean {
  return status !== 'blocked' && status !== 'pending'
}

function markOf(step: Step, style: Style): string {
  if (step.status === 'error') return style.unsure('!')
  if (step.status === 'failed' || step.problems.length > 0) return style.bad('✗')
  return hasRun(step) ? style.good('✓') : style.dim('-')
}

function describeFigures(step: Step): string[] {
  if (!hasRun(step)) {
    const reason = step.reason === null ? '' : `: ${firstLine(briefly(plainText(step.reason)))}`
    return [`${step.status === 'blocked' ? 'blocked' : 'not run'}${reason}`]
  }
  const facts = Object.entries(step.facts).filter(
    ([name, fact]) =>
      name === 'exitCode' || name === 'error' || (typeof fact === 'number' && name.includes('Bytes')),
  )
  return [
    ...formatFacts(Object.fromEntries(facts)),
    ...formatMoves(step.before, step.after, '→'),
    ...formatObjectChanges(step),
    ...formatRowChanges(step),
  ].map(plainText)
}

function withTime(line: string, time: string, prose: Prose, style: Style): string[] {
  if (time === '') return [line]
  const gap = prose.columns() - stringWidth(line) - time.length
  if (gap < 1) return [line, ' '.repeat(prose.columns() - time.length) + style.dim(time)]
  return [line + ' '.repeat(gap) + style.dim(time)]
}

/** The first line of each fault; the summary shows them in full. */
function describeFaults(step: Step, prose: Prose, style: Style): string[] {
  if (!hasRun(step)) return []
  const paint = step.status === 'error' ? style.unsure : style.bad
  return findFaults(step).flatMap((fault) =>
    prose.wrap(underTitle + firstLine(plainText(fault)), underTitle).map(paint),
  )
}
