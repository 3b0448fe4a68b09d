import { commandName } from '../../release/meta-command.ts'
import type { Token } from '../../release/token.ts'
import { tokenise } from '../../release/tokenise.ts'

/** Variables of psql whose value may be one of its commands, or the beginning of a string: true of their names. */
export type OpenVariables = (name: string) => boolean

/**
 * Finds them in all scripts of a release together, since psql keeps a variable from one to the next. Where `:name` stands
 * on its own, psql reads its value as a part of the script (PostgreSQL manual, psql, "SQL Interpolation"): known are only
 * values that `\set` gives without a quote, a backslash or a further variable.
 */
export function findOpenVariables(scripts: readonly string[]): OpenVariables {
  const names = new Set(['LAST_ERROR_MESSAGE'])
  const prefixes: string[] = []
  for (const { kind, text } of scripts.flatMap((script) => tokenise(script))) {
    if (kind !== 'psql-command') continue
    const [command, ...args] = text.replace(/\\\\$/, '').trim().split(/\s+/)
    const name = commandName(command!)
    if (name === 'gset') prefixes.push(isWord(args[0]) ? args[0] : '')
    const given = name === 'prompt' ? args.at(-1) : args[0]
    if (!/^(set|getenv|prompt)$/.test(name) || given === undefined) continue
    // A name in quotes, or that a variable holds, may be any.
    if (!isWord(given)) prefixes.push('')
    else if (name !== 'set' || !isPlain(args.slice(1))) names.add(given)
  }
  return (name) => names.has(name) || prefixes.some((prefix) => name.startsWith(prefix))
}

function isWord(arg: string | undefined): arg is string {
  return arg !== undefined && /^[\w\x80-\uffff]+$/.test(arg)
}

/** Whether a token is read by psql as part of the script, and nobody knows what it is. */
export function isOpenVariable({ kind, text }: Token, isOpen: OpenVariables): boolean {
  return kind === 'psql-variable' && /^:[^'"{]/.test(text) && isOpen(text.slice(1))
}

/** Nothing in it ends or begins a string, a comment, a variable or a command; quotes around the whole are psql's own. */
function isPlain(args: readonly string[]): boolean {
  return /^(?:'[^'"\\:`$/]*'|[^'"\\:`$/]*)$/.test(args.join(' '))
}
