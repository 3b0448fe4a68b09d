import { positionAt } from './position.ts'
import { commandName } from './meta-command.ts'
import type { Token } from './token.ts'
import { tokenise } from './tokenise.ts'

/** An include line of a script: `\ir`, `\i` or a long form of them. */
export interface Include {
  readonly line: number
  readonly token: Token
  /** True of `\ir`: the path starts at the including file's folder, not at psql's. */
  readonly isRelative: boolean
  /** The file named; undefined if only psql could determine it (a variable, a quote, more than one argument). */
  readonly path: string | undefined
  /** True if nothing else is on the line. */
  readonly isAlone: boolean
}

/** The include commands of a script, in order, those under `\if` too. */
export function findIncludes(sql: string): Include[] {
  return tokenise(sql)
    .filter((token) => token.kind === 'psql-command' && includeNames.has(commandName(token.text)))
    .map((token) => toInclude(sql, token))
}

const includeNames = new Map([
  ['i', false],
  ['include', false],
  ['ir', true],
  ['include_relative', true],
])

function toInclude(sql: string, token: Token): Include {
  const name = commandName(token.text)
  const lineStart = sql.lastIndexOf('\n', token.offset - 1) + 1
  const lineFeed = sql.indexOf('\n', token.offset)
  const around =
    sql.slice(token.offset === 0 ? 0 : lineStart, token.offset) +
    sql.slice(token.offset + token.text.length, lineFeed < 0 ? sql.length : lineFeed)
  return {
    line: positionAt(sql, token.offset).line,
    token,
    isRelative: includeNames.get(name)!,
    path: plainPath(token.text.slice(1 + name.length).trim()),
    isAlone: around.replace('\uFEFF', '').trim() === '',
  }
}

/** An argument that psql takes literally: one word, or one in single quotes. */
function plainPath(argument: string): string | undefined {
  const quoted = /^'([^'\\]+)'$/.exec(argument)?.[1]
  return quoted ?? (/^[^\s'"`\\:~]+$/.test(argument) ? argument : undefined)
}
