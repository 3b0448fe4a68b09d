import type { Figure, Figures } from '../evidence/schema.ts'
import { plainText } from './text.ts'
import { formatInteger } from './units.ts'

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

/** `own=0 gap=210`. */
export function formatFigures(figures: Figures, separator = ' '): string {
  return Object.entries(figures)
    .map(([name, figure]) => `${name}=${formatFigure(figure)}`)
    .join(separator)
}
