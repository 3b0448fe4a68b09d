import type { Token } from '../../release/token.ts'
import { dollarTag } from '../../release/tokenise.ts'

/** What a literal says, and for each code unit of it the offset in the script at which it is written. */
export interface Decoded {
  readonly text: string
  readonly offsets: readonly number[]
}

/** Reads a literal of any kind; undefined for one whose text is no SQL, such as a bit string. */
export function decodeLiteral(token: Token): Decoded | undefined {
  switch (token.kind) {
    case 'dollar-string': {
      const tag = dollarTag(token).length
      return take(token, /[\s\S]/g, tag, token.closed ? tag : 0)
    }
    case 'string':
      return take(token, /''|[\s\S]/g, token.text.indexOf("'") + 1, closing(token))
    case 'escape-string':
      return take(token, escapes, token.text.indexOf("'") + 1, closing(token))
    case 'unicode-string':
    case 'unicode-identifier':
      return take(token, unicodeEscapes, token.text.search(/['"]/) + 1, closing(token))
    case 'quoted-identifier':
      return take(token, /""|[\s\S]/g, 1, closing(token))
    default:
      return undefined
  }
}

/** One escape or one code unit of `E'…'` (PostgreSQL manual, 4.1.2.2). */
const escapes = /''|\\x[\da-fA-F]{1,2}|\\u[\da-fA-F]{4}|\\U[\da-fA-F]{8}|\\[0-7]{1,3}|\\[\s\S]|[\s\S]/g

/** The same of `U&'…'`, with the backslash as its escape (PostgreSQL manual, 4.1.2.3). */
const unicodeEscapes = /''|""|\\\\|\\[\da-fA-F]{4}|\\\+[\da-fA-F]{6}|[\s\S]/g

const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

function closing({ closed }: Token): number {
  return closed ? 1 : 0
}

function take(token: Token, piece: RegExp, start: number, end: number): Decoded {
  const offsets: number[] = []
  let text = ''
  for (const match of token.text.slice(start, token.text.length - end).matchAll(piece)) {
    const said = unescapePiece(match[0])
    for (let unit = 0; unit < said.length; unit++) offsets.push(token.offset + start + match.index)
    text += said
  }
  return { text, offsets }
}

function unescapePiece(piece: string): string {
  if (piece[0] !== '\\' || piece.length === 1) return piece[0]!
  if (/^\\[0-7]{1,3}$/.test(piece)) return String.fromCharCode(Number.parseInt(piece.slice(1), 8))
  if (piece.length === 2) return controls[piece[1]!] ?? piece[1]!
  const point = Number.parseInt(piece.replace(/^\\[xuU+]?/, ''), 16)
  return point > 0x10ffff ? '\uFFFD' : String.fromCodePoint(point)
}
