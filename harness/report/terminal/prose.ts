import { stripVTControlCharacters } from 'node:util'

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
      const characters = [...line]
      return characters.length <= width ? line : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`
    },
  }
}

/** The width of a line as shown: characters, without colours. */
export function widthOf(text: string): number {
  return [...stripVTControlCharacters(text)].length
}

/** Spaces between words stay as they are, but where the line breaks. */
function wrapWords(text: string, hang: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const [, spaces = '', word = ''] of text.matchAll(/(\s*)(\S+)/g)) {
    for (const [index, piece] of breakWord(word, columns - hang.length).entries()) {
      const next = line + (index === 0 ? spaces : '') + piece
      if (widthOf(next) <= columns) line = next
      else {
        if (line.trim() !== '') lines.push(line)
        line = hang + piece
      }
    }
  }
  return [...lines, line]
}

/** A word with colours in it is left whole: it is short, and a cut would leave the colour on. */
function breakWord(word: string, columns: number): string[] {
  const characters = [...word]
  if (characters.length <= columns || stripVTControlCharacters(word) !== word) return [word]
  return Array.from({ length: Math.ceil(characters.length / columns) }, (_, piece) =>
    characters.slice(piece * columns, (piece + 1) * columns).join(''),
  )
}
