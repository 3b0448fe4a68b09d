import type { Match } from './token-patterns.ts'

/** A psql command with its arguments, to the end of its line, to `\\` (included) or to the next command. */
export function matchMetaCommand(sql: string, offset: number): Match | undefined {
  if (sql[offset] !== '\\' || /[;:]/.test(sql[offset + 1] ?? '')) return undefined
  const name = commandName(sql, offset)
  const start = offset + 1 + name.length
  if (wholeLine.has(name) || name.startsWith('!'))
    return { kind: 'psql-command', length: lineEnd(sql, start) - offset }
  const end = lineEnd(sql, start)
  let quote: string | undefined
  let index = start
  for (; index < end; index++) {
    const character = sql[index]!
    if (quote === "'" && character === '\\') index++
    else if (quote !== undefined) quote = character === quote ? undefined : quote
    else if (/['"`]/.test(character)) quote = character
    else if (character === '\\') {
      if (sql[index + 1] === '\\') index += 2
      break
    }
  }
  return { kind: 'psql-command', length: Math.min(index, end) - offset, closed: quote === undefined }
}

/** The name of a command token, without its backslash. */
export function commandName(sql: string, offset = 0): string {
  return /^[^\s\\]*/.exec(sql.slice(offset + 1, offset + 65))![0]
}

/** The commands whose argument is the rest of the line, whatever it holds. */
const wholeLine = new Set(['copy', 'ef', 'ev', 'sf', 'sf+', 'sv', 'sv+', 'h', 'help'])

/** Where the line ends, before its line break. */
function lineEnd(sql: string, offset: number): number {
  const lineFeed = sql.indexOf('\n', offset)
  const end = lineFeed < 0 ? sql.length : lineFeed
  return end > offset && sql[end - 1] === '\r' ? end - 1 : end
}
