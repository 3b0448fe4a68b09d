import type { SqlFault, SqlFile, SqlToken } from '../sql-file.ts'

/** Keywords are upper case, in bodies too: those that cannot be a name here, by PostgreSQL's own list of keywords. */
export function checkKeywords({ tokens }: SqlFile): SqlFault[] {
  return tokens.flatMap((list, body) =>
    list
      .filter((token, index) => {
        const [before, after] = [list[index - 1], list[index + 1]]
        return isLowerKeyword(token, before, after) || (body === 0 && isLowerVerb(token, before))
      })
      .map(({ text, line }) => ({ line, message: `keyword "${text}". Write ${text.toUpperCase()}` })),
  )
}

function isLowerKeyword(token: SqlToken, before: SqlToken | undefined, after: SqlToken | undefined): boolean {
  const { text, kind } = token
  if (text === text.toUpperCase() || valueWords.test(text)) return false
  if (before?.text === '.' || before?.text === 'AS' || before?.text === '%') return false
  if (kind === 'RESERVED_KEYWORD') return true
  if (kind === 'TYPE_FUNC_NAME_KEYWORD') return after?.text !== '('
  return unmistakable.test(text)
}

/** The first word of a statement of the file. (A body's declarations begin with a name.) */
function isLowerVerb({ text, kind }: SqlToken, before: SqlToken | undefined): boolean {
  return kind !== 'NO_KEYWORD' && text !== text.toUpperCase() && (before === undefined || before.text === ';')
}

/** Written like a value or a function. */
const valueWords = /^(true|false|current_\w+|session_user|system_user|user|localtime(stamp)?)$/

/** Not reserved, and yet no name that anybody would give; the last five are PL/pgSQL's. */
const unmistakable =
  /^(between|by|cascade|delete|drop|if|insert|over|recursive|returns|update|values|declare|elsif|loop|perform|raise)$/
