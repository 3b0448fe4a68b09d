import { isWord } from '../guard-expression.ts'
import type { Token } from '../tokenise.ts'

/** What stands behind TO or FROM of the COPY whose first token behind the word COPY is at `start`. */
export function findCopyTarget(tokens: readonly Token[], start: number): Token | undefined {
  let depth = 0
  for (let index = start; index < tokens.length; index++) {
    const token = tokens[index]!
    if (token.text === ';') return undefined
    if (token.text === '(') depth++
    if (token.text === ')') depth--
    if (depth === 0 && (isWord(token, 'to') || isWord(token, 'from'))) return tokens[index + 1]
  }
  return undefined
}
