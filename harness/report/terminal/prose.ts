import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

export interface Prose {
  readonly columns: () => number
  /** Breaks text between words, and a word only where it is wider than the line; later lines begin with `hang`. */
  wrap(text: string, hang?: string): string[]
  /** Breaks each line of a text by itself and sets all of them in. */
  indent(text: string, indent: string): string[]
  /** Cuts text to one line, with an ellipsis where something is missing. Colours must be put on afterwards. */
  cut(text: string, columns?: number): string
}

const narrowest = 20

export function createProse(readColumns: () => number): Prose {
  const columns = () => Math.max(narrowest, readColumns())
  return {
    columns,
    wrap: (text, hang = '') => wrapWords(text, hang, columns()),
    indent: (text, indent) =>
      text.split(/\r?\n/).flatMap((line) => {
        const own = indent + (/^\s*/.exec(line)?.[0] ?? '').slice(0, 8)
        return wrapWords(own + line.trim(), `${own}  `, columns())
      }),
    cut(text, width = columns()) {
      const line = text.replaceAll(/\s+/g, ' ').trim()
      if (stringWidth(line) <= width) return line
      const options = { hard: true, wordWrap: false, trim: false }
      return `${wrapAnsi(line, Math.max(1, width - 1), options).split('\n', 1)[0]}…`
    },
  }
}

/** The first line takes the whole width, the later ones what `hang` leaves of it. */
function wrapWords(text: string, hang: string, columns: number): string[] {
  const line = text.replaceAll(/\s/g, ' ')
  const [first = '', ...rest] = wrapAnsi(line, columns, { hard: true, trim: false }).split('\n')
  const later = rest.join('').trim()
  if (later === '') return [first.trimEnd()]
  const lines = wrapAnsi(later, columns - stringWidth(hang), { hard: true }).split('\n')
  return [first.trimEnd(), ...lines.map((line) => hang + line)]
}
