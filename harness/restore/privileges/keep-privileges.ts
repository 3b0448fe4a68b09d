import type { Token } from '../../release/token.ts'
import { isGap, tokenise } from '../../release/tokenise.ts'

/**
 * The statements of a plain `pg_dump --schema-only` that say who owns what and who may do what, in its order: owners,
 * grants and default privileges, and the change of role around a grant that was granted on. A statement is recognized
 * by its first words: bodies of functions are quoted, or contain no such statement (BEGIN ATOMIC).
 */
export function keepPrivileges(dump: string): string[] {
  return splitStatements(tokenise(dump, { psql: false }))
    .filter((tokens) => isPrivilege(words(tokens)))
    .map((tokens) =>
      tokens
        .map(({ text }) => text)
        .join('')
        .trim(),
    )
}

function splitStatements(tokens: readonly Token[]): Token[][] {
  const statements: Token[][] = [[]]
  for (const token of tokens) {
    if (token.text === ';') statements.push([])
    else if (statements.at(-1)!.length > 0 || !isGap(token)) statements.at(-1)!.push(token)
  }
  return statements
}

function words(tokens: readonly Token[]): string[] {
  return tokens.filter((token) => !isGap(token)).map(({ text }) => text.toUpperCase())
}

function isPrivilege(statement: readonly string[]): boolean {
  const [first, second, third] = statement
  if (first === 'GRANT' || first === 'REVOKE') return true
  // A blanked clone has no subscription.
  if (first === 'ALTER' && second === 'SUBSCRIPTION') return false
  if (first === 'ALTER') return second === 'DEFAULT' || statement.slice(-3, -1).join(' ') === 'OWNER TO'
  return (first === 'SET' || first === 'RESET') && second === 'SESSION' && third === 'AUTHORIZATION'
}
