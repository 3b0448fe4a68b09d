import { commandName } from '../psql-command.ts'
import type { Token } from '../tokenise.ts'
import { isKeyword, nameOf, type Code } from './code.ts'
import { decodeLiteral } from './decode-literal.ts'
import type { WayName } from './way-names.ts'

/**
 * Settings by which psql tells strings, statements and its own commands apart, each with the values under which it
 * reads a script as it is read here (PostgreSQL manual, 4.1.2.1 and 24.3).
 */
const settings: ReadonlyMap<string, RegExp> = new Map([
  ['standard_conforming_strings', /^(on|true|yes|1|default)$/i],
  ['client_encoding', /^(utf-?8|unicode|default)$/i],
  ['names', /^(utf-?8|unicode|default)$/i],
])

/** The way out that a setting is by which psql would read on otherwise: `SET name TO value`, or a call of set_config. */
export function findReadingWay({ tokens }: Code, index: number): WayName | undefined {
  const token = tokens[index]
  if (isKeyword(tokens[index - 1], 'set', 'session', 'local')) {
    const allowed = settings.get(nameOf(token) ?? '')
    const hasSign = isKeyword(tokens[index + 1], 'to') || tokens[index + 1]?.text === '='
    return allowed && judge(allowed, tokens[index + (hasSign ? 2 : 1)])
  }
  if (tokens[index - 1]?.text !== '(' || nameOf(tokens[index - 2]) !== 'set_config') return undefined
  const allowed = settings.get(token === undefined ? '' : (decodeLiteral(token)?.text.toLowerCase() ?? ''))
  return allowed && judge(allowed, tokens[index + 2])
}

/** `\encoding` by which psql would read on otherwise. */
export function findEncodingWay(command: string): WayName | undefined {
  if (commandName(command) !== 'encoding') return undefined
  const value = command.slice('\\encoding'.length).replace(/\\\\$/, '').trim()
  return value === '' || settings.get('client_encoding')!.test(value) ? undefined : 'unreadable'
}

/**
 * Whether a string ends elsewhere where standard_conforming_strings is off, which a statement can bring about unseen: by a
 * backslash before a quote. What psql then takes for its own command is not what is read here.
 */
export function endsElsewhere({ kind, text }: Token): boolean {
  if (kind !== 'string') return false
  for (let index = text.indexOf("'") + 1; index < text.length; index++) {
    if (text[index] === '\\') index++
    else if (text[index] === "'") {
      if (text[index + 1] !== "'") return index + 1 !== text.length
      index++
    }
  }
  return true
}

function judge(allowed: RegExp, value: Token | undefined): WayName | undefined {
  const text = value === undefined ? '' : (nameOf(value) ?? decodeLiteral(value)?.text ?? value.text)
  return allowed.test(text) ? undefined : 'unreadable'
}
