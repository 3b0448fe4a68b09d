import type { Token } from './token.ts'
import { matchDollarQuote, matchPlain, matchQuoted, type Match, type TokenKind } from './token-patterns.ts'
import { matchMetaCommand } from './meta-command.ts'
import { watchCopyData } from './copy-data.ts'

/**
 * Splits a script as PostgreSQL's and psql's lexers do, with standard_conforming_strings on (PostgreSQL manual, 4.1).
 * `psql: false` is for the body of a dollar quote, in which psql sees neither commands nor variables. Never throws.
 */
export function tokenise(sql: string, options: { psql?: boolean } = {}): Token[] {
  const psql = options.psql ?? true
  const tokens: Token[] = []
  const copyData = watchCopyData()
  for (let offset = 0; offset < sql.length;) {
    const match =
      (psql ? (matchByteOrderMark(sql, offset) ?? copyData.match(sql, offset)) : undefined) ??
      (psql ? matchMetaCommand(sql, offset) : undefined) ??
      matchQuoted(sql, offset, continuedKind(tokens)) ??
      matchDollarQuote(sql, offset) ??
      matchPlain(sql, offset, psql)
    const token: Token = {
      kind: match.kind,
      text: sql.slice(offset, offset + match.length),
      offset,
      closed: match.closed ?? true,
    }
    tokens.push(token)
    copyData.see(token)
    offset += match.length
  }
  return tokens
}

/** The delimiter of a dollar quote, such as `$body$`. */
export function dollarTag(token: Token): string {
  return token.text.slice(0, token.text.indexOf('$', 1) + 1)
}

/** True of white space and comments: what the server skips between two tokens. */
export function isGap(token: Token): boolean {
  return (
    token.kind === 'whitespace' ||
    token.kind === 'line-comment' ||
    token.kind === 'block-comment' ||
    token.kind === 'byte-order-mark'
  )
}

function matchByteOrderMark(sql: string, offset: number): Match | undefined {
  return offset === 0 && sql.startsWith('\uFEFF') ? { kind: 'byte-order-mark', length: 1 } : undefined
}

/** A quote after a line break continues the string before it, and is read by that string's rules. */
function continuedKind(tokens: readonly Token[]): TokenKind | undefined {
  let broken = false
  for (let index = tokens.length - 1; index >= 0; index--) {
    const token = tokens[index]!
    if (token.kind === 'whitespace') broken ||= /[\n\r]/.test(token.text)
    else if (token.kind !== 'line-comment')
      return broken && token.closed && token.kind.endsWith('string') ? token.kind : undefined
  }
  return undefined
}
