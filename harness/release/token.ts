import type { TokenKind } from './token-patterns.ts'

/** A piece of SQL text; the texts of all tokens, joined, are the input. `closed` is false where its end is missing. */
export interface Token {
  readonly kind: TokenKind
  readonly text: string
  readonly offset: number
  readonly closed: boolean
}
