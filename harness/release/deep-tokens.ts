import type { Token } from './token.ts'
import { dollarTag, tokenise } from './tokenise.ts'

/**
 * All tokens of a script with the bodies of dollar quotes split, too, to any depth: the delimiters stay as tokens of
 * kind `dollar-string` around them. Offsets are those of the script; the joined texts are the script.
 */
export function tokeniseDeeply(sql: string): Token[] {
  return tokenise(sql).flatMap(openDollarQuote)
}

function openDollarQuote(token: Token): Token[] {
  if (token.kind !== 'dollar-string') return [token]
  const tag = dollarTag(token)
  const end = token.text.length - (token.closed ? tag.length : 0)
  const body = token.text.slice(tag.length, end)
  const inner = tokenise(body, { psql: false }).flatMap((part) =>
    openDollarQuote({ ...part, offset: token.offset + tag.length + part.offset }),
  )
  const opening: Token = { ...token, text: tag, closed: true }
  const closing: Token = { ...token, text: token.text.slice(end), offset: token.offset + end }
  return token.closed ? [opening, ...inner, closing] : [{ ...opening, closed: false }, ...inner]
}
