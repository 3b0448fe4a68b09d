import type { Match } from './token-patterns.ts'
import type { Token } from './token.ts'

interface CopyDataWatch {
  see(token: Token): void
  match(sql: string, offset: number): Match | undefined
}

/** Notices `COPY … FROM STDIN;` (psql: `\copy … from stdin`), whose data are on the lines after it, up to `\.`. */
export function watchCopyData(): CopyDataWatch {
  let words: string[] = []
  let state: 'none' | 'rest of line' | 'data' = 'none'
  return {
    see(token) {
      if (token.kind === 'copy-data') state = 'none'
      else if (state === 'rest of line') {
        if (token.text.endsWith('\n')) state = 'data'
      } else if (token.kind === 'psql-command') {
        if (/^\\copy\s.*\sfrom\s+stdin\b/i.test(token.text)) state = 'rest of line'
        words = []
      } else if (token.text === ';') {
        if (words[0] === 'copy' && /\bfrom stdin\b/.test(words.join(' '))) state = 'rest of line'
        words = []
      } else if (token.kind === 'identifier') words.push(token.text.toLowerCase())
      else if (token.kind !== 'whitespace' && !token.kind.endsWith('comment')) words.push('·')
    },
    match(sql, offset) {
      if (state === 'data') return matchData(sql, offset)
      const lineBreak = state === 'rest of line' ? /[ \t\r\f\v]*\n/y : undefined
      if (lineBreak === undefined) return undefined
      lineBreak.lastIndex = offset
      const text = lineBreak.exec(sql)?.[0]
      return text === undefined ? undefined : { kind: 'whitespace', length: text.length }
    },
  }
}

function matchData(sql: string, offset: number): Match {
  const rest = sql.slice(offset)
  const end = /(?<![^\n])\\\.\r?(?:\n|$)/.exec(rest)
  return {
    kind: 'copy-data',
    length: end ? end.index + end[0].length : rest.length,
    closed: end !== null,
  }
}
