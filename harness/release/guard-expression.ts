import type { Token } from './token.ts'

export interface GuardMatch {
  /** Index behind the last token of the comparison. */
  readonly end: number
  readonly literal: Token
}

/**
 * A comparison of `current_database()` with the database's literal that starts at `index`; gaps are left out of `code`.
 * A comparison that is only part of a longer expression (`… <> 'a' || 'b'`) does not match: what it says is not
 * known from the literal alone.
 */
export function matchGuard(code: readonly Token[], index: number, database: string): GuardMatch | undefined {
  const match = matchForward(code, index, database) ?? matchMirrored(code, index, database)
  if (match === undefined || continuesBefore(code[index - 1]) || continuesAfter(code, match.end))
    return undefined
  return match
}

function matchForward(code: readonly Token[], index: number, database: string): GuardMatch | undefined {
  const afterCall = matchCall(code, index)
  if (afterCall === undefined) return undefined
  const afterComparison = matchComparison(code, afterCall)
  if (afterComparison !== undefined) return matchLiteral(code, afterComparison, database)
  const list = isWord(code[afterCall], 'not') ? afterCall + 1 : afterCall
  if (!isWord(code[list], 'in') || code[list + 1]?.text !== '(') return undefined
  const literal = matchLiteral(code, list + 2, database)
  return literal && code[literal.end]?.text === ')' ? { ...literal, end: literal.end + 1 } : undefined
}

function matchMirrored(code: readonly Token[], index: number, database: string): GuardMatch | undefined {
  const literal = matchLiteral(code, index, database)
  const afterComparison = literal && matchComparison(code, literal.end)
  const end = afterComparison === undefined ? undefined : matchCall(code, afterComparison)
  return literal && end !== undefined ? { ...literal, end } : undefined
}

/** `[pg_catalog.]current_database()` with optional casts: the index behind it. */
function matchCall(code: readonly Token[], index: number): number | undefined {
  const qualified = isWord(code[index], 'pg_catalog') && code[index + 1]?.text === '.'
  const name = qualified ? index + 2 : index
  const isCall =
    isWord(code[name], 'current_database') && code[name + 1]?.text === '(' && code[name + 2]?.text === ')'
  return isCall ? skipCasts(code, name + 3) : undefined
}

/** The database's literal with optional casts. Plain strings only: one text, one way to write it. */
function matchLiteral(code: readonly Token[], index: number, database: string): GuardMatch | undefined {
  const literal = code[index]
  if (literal?.kind !== 'string' || literal.text !== quote(database)) return undefined
  return { literal, end: skipCasts(code, index + 1) }
}

/** `<>`, `!=`, `=`, `IS [NOT] DISTINCT FROM`: the index behind it. */
function matchComparison(code: readonly Token[], index: number): number | undefined {
  if (code[index]?.kind === 'operator') return /^(<>|!=|=)$/.test(code[index].text) ? index + 1 : undefined
  if (!isWord(code[index], 'is')) return undefined
  const distinct = isWord(code[index + 1], 'not') ? index + 2 : index + 1
  return isWord(code[distinct], 'distinct') && isWord(code[distinct + 1], 'from') ? distinct + 2 : undefined
}

function skipCasts(code: readonly Token[], index: number): number {
  let end = index
  while (code[end]?.text === '::') {
    const type = isWord(code[end + 1], 'pg_catalog') && code[end + 2]?.text === '.' ? end + 3 : end + 1
    if (!isWord(code[type], 'name') && !isWord(code[type], 'text')) break
    end = type + 1
  }
  return end
}

function continuesBefore(token: Token | undefined): boolean {
  return (
    token !== undefined &&
    (token.kind === 'operator' ||
      token.text === '.' ||
      (token.kind.endsWith('string') && !isDelimiter(token)))
  )
}

function continuesAfter(code: readonly Token[], end: number): boolean {
  const next = code[end]
  if (next === undefined || isDelimiter(next)) return false
  return (
    next.kind === 'operator' ||
    next.kind.endsWith('string') ||
    /^(::|\.|\[|\()$/.test(next.text) ||
    isWord(next, 'collate') ||
    isWord(next, 'at')
  )
}

/** In a deep token list a dollar quote's token is its delimiter, the edge of a body. */
function isDelimiter(token: Token): boolean {
  return token.kind === 'dollar-string'
}

/** True of the keyword or name, in any case; quoted, in lower case. */
export function isWord(token: Token | undefined, word: string): boolean {
  if (token?.kind === 'identifier') return token.text.toLowerCase() === word
  return token?.kind === 'quoted-identifier' && token.text === `"${word}"`
}

/** A text as a plain SQL string. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
