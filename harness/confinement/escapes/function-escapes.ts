import { findReachingFunction } from '../../postgres/reaching-functions.ts'
import { isKeyword, nameOf, type Code } from './code.ts'
import type { EscapeName } from '../../config/escape-names.ts'

/** The escape that a function call at the token is; undefined if it is none. */
export function findFunctionEscape({ tokens }: Code, index: number): EscapeName | undefined {
  if (tokens[index + 1]?.text !== '(') return undefined
  const name = nameOf(tokens[index])
  const way = name === undefined ? undefined : findReachingFunction(name)?.reach
  return way === undefined || isOnlyNamed({ tokens }, index) ? undefined : way
}

/** GRANT, REVOKE, COMMENT and DROP name a function, and call none; `EXECUTE FUNCTION` of a trigger will call it. */
function isOnlyNamed({ tokens }: Pick<Code, 'tokens'>, index: number): boolean {
  const first = tokens[index - 1]?.text === '.' ? index - 2 : index
  return (
    isKeyword(tokens[first - 1], 'function', 'routine', 'procedure') &&
    !isKeyword(tokens[first - 2], 'execute')
  )
}
