import type { Figure, Figures } from '../evidence/schema.ts'
import { plainText } from './text.ts'
import { formatCount, formatInteger } from './units.ts'

export interface FigureMove {
  readonly name: string
  readonly before: Figure
  readonly after: Figure
}

/** A figure as people read it: thousands with commas, `absent` where there is no table to count. */
export function formatFigure(figure: Figure): string {
  if (figure === null) return 'absent'
  return typeof figure === 'number' ? formatInteger(figure) : plainText(figure)
}

/** A figure as machines read it: no commas. */
export function formatPlainFigure(figure: Figure): string {
  return figure === null ? 'absent' : String(figure)
}

/** The measures that were taken both times and differ, in the order of `after`. */
export function findMoves(before: Figures, after: Figures): FigureMove[] {
  return Object.entries(after).flatMap(([name, figure]) => {
    const earlier = before[name]
    return earlier === undefined || earlier === figure ? [] : [{ name, before: earlier, after: figure }]
  })
}

/**
 * The moves as phrases: `lent 0 → 24`. Three or more measures that appear (absent → 0) or disappear are only
 * counted: `12 measures absent → 0`.
 */
export function formatMoves(before: Figures, after: Figures, arrow: string): string[] {
  const moves = findMoves(before, after)
  const appeared = moves.filter((move) => move.before === null && move.after === 0)
  const vanished = moves.filter((move) => move.after === null)
  const counted = [appeared, vanished].filter((group) => group.length >= 3)
  return [
    ...moves
      .filter((move) => !counted.some((group) => group.includes(move)))
      .map((move) => `${move.name} ${formatFigure(move.before)}${arrow}${formatFigure(move.after)}`),
    ...counted.map((group) => {
      const appears = group === appeared
      return `${formatCount(group.length, 'measure')}${appears ? ' absent' : ''}${arrow}${appears ? '0' : 'absent'}`
    }),
  ]
}

/** `lent=0 waiting=96`. */
export function formatFigures(figures: Figures, separator = ' '): string {
  return Object.entries(figures)
    .map(([name, figure]) => `${name}=${formatFigure(figure)}`)
    .join(separator)
}

export interface SplitFigures {
  readonly shown: Figures
  /** How many were taken off because nothing is there to count. */
  readonly absent: number
}

/** Takes absent figures off, for a count says enough of three or more; the order stays. */
export function splitAbsent(figures: Figures): SplitFigures {
  const shown = Object.entries(figures).filter(([, figure]) => figure !== null)
  const absent = Object.keys(figures).length - shown.length
  return absent < 3 ? { shown: figures, absent: 0 } : { shown: Object.fromEntries(shown), absent }
}
