/** What a token is. Every kind that ends in `string` is a literal. */
export type TokenKind =
  | 'byte-order-mark'
  | 'whitespace'
  | 'line-comment'
  | 'block-comment'
  | 'string'
  | 'escape-string'
  | 'unicode-string'
  | 'bit-string'
  | 'dollar-string'
  | 'quoted-identifier'
  | 'unicode-identifier'
  | 'identifier'
  | 'number'
  | 'operator'
  | 'punctuation'
  | 'parameter'
  | 'psql-variable'
  | 'psql-command'
  | 'copy-data'
  | 'other'

export interface Match {
  readonly kind: TokenKind
  readonly length: number
  readonly closed?: boolean
}

/** A single- or double-quoted token, with its prefix; `continued` is the kind of the string that it goes on with. */
export function matchQuoted(
  sql: string,
  offset: number,
  continued: TokenKind | undefined,
): Match | undefined {
  const opening = matchAt(/(?:[uU]&|[eEbBxXnN])?'|(?:[uU]&)?"/y, sql, offset)
  if (opening === undefined) return undefined
  const kind = opening === "'" && continued !== undefined ? continued : quotedKind(opening)
  const quote = opening.at(-1)!
  for (let index = offset + opening.length; index < sql.length; index++) {
    if (sql[index] === '\\' && kind === 'escape-string') index++
    else if (sql[index] === quote) {
      if (sql[index + 1] !== quote) return { kind, length: index + 1 - offset }
      index++
    }
  }
  return { kind, length: sql.length - offset, closed: false }
}

/** `$tag$ … $tag$` as one token. */
export function matchDollarQuote(sql: string, offset: number): Match | undefined {
  const tag = matchAt(/\$(?:[A-Za-z_\x80-\uffff][\w\x80-\uffff]*)?\$/y, sql, offset)
  if (tag === undefined) return undefined
  const end = sql.indexOf(tag, offset + tag.length)
  return end < 0
    ? { kind: 'dollar-string', length: sql.length - offset, closed: false }
    : { kind: 'dollar-string', length: end + tag.length - offset }
}

/** Any token without quotes; a character that fits nothing is a token of its own. */
export function matchPlain(sql: string, offset: number, psql: boolean): Match {
  if (sql.startsWith('/*', offset)) return matchBlockComment(sql, offset)
  if (psql) {
    const variable = matchAt(
      /:(?:[\w\x80-\uffff]+|'[\w\x80-\uffff]+'|"[\w\x80-\uffff]+"|\{\?[\w\x80-\uffff]+\})/y,
      sql,
      offset,
    )
    if (variable !== undefined) return { kind: 'psql-variable', length: variable.length }
  }
  for (const [kind, pattern] of plainPatterns) {
    const text = matchAt(pattern, sql, offset)
    if (text !== undefined) return { kind, length: kind === 'operator' ? operatorLength(text) : text.length }
  }
  return { kind: 'other', length: sql.codePointAt(offset)! > 0xffff ? 2 : 1 }
}

const plainPatterns: readonly [TokenKind, RegExp][] = [
  ['whitespace', /[ \t\n\r\f\v]+/y],
  ['line-comment', /--[^\n\r]*/y],
  ['identifier', /[A-Za-z_\x80-\uffff][\w$\x80-\uffff]*/y],
  [
    'number',
    /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*(?:\.(?!\.)[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y,
  ],
  ['parameter', /\$\d+/y],
  ['punctuation', /::|:=|=>(?![-+*/<>=~!@#%^&|`?])|\.\.|\\[;:]|[,()[\].;:]/y],
  ['operator', /[-+*/<>=~!@#%^&|`?]+/y],
]

/** An operator ends before a comment, and before a sign unless it holds one of ~ ! @ # % ^ & | ` ? (manual, 4.1.3). */
function operatorLength(text: string): number {
  const comment = text.search(/--|\/\*/)
  const operator = comment > 0 ? text.slice(0, comment) : text
  const kept = /[~!@#%^&|`?]/.test(operator) ? operator : operator.replace(/(?<=.)[-+]+$/, '')
  return kept.length
}

function matchBlockComment(sql: string, offset: number): Match {
  let depth = 0
  const marks = /\/\*|\*\//g
  marks.lastIndex = offset
  for (let mark = marks.exec(sql); mark; mark = marks.exec(sql)) {
    depth += mark[0] === '/*' ? 1 : -1
    if (depth === 0) return { kind: 'block-comment', length: marks.lastIndex - offset }
  }
  return { kind: 'block-comment', length: sql.length - offset, closed: false }
}

function quotedKind(opening: string): TokenKind {
  switch (opening.toLowerCase()) {
    case '"':
      return 'quoted-identifier'
    case 'u&"':
      return 'unicode-identifier'
    case "u&'":
      return 'unicode-string'
    case "e'":
      return 'escape-string'
    case "b'":
    case "x'":
      return 'bit-string'
    default:
      return 'string'
  }
}

function matchAt(pattern: RegExp, sql: string, offset: number): string | undefined {
  pattern.lastIndex = offset
  const text = pattern.exec(sql)?.[0]
  return text === '' ? undefined : text
}
