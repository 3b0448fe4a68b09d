import { commandName } from '../../release/meta-command.ts'
import { isGap, tokenise } from '../../release/tokenise.ts'
import { findCopyTarget } from './copy-target.ts'
import type { EscapeName } from '../../config/escape-names.ts'

/** The escape that a meta-command of psql is, from its text; undefined if it is none. */
export function findMetaCommandEscape(command: string): EscapeName | undefined {
  const name = commandName(command)
  if (name.startsWith('!') || /^(e|edit|ef|ev|setenv)$/.test(name)) return 'shell'
  const text = command
    .slice(1 + name.length)
    .replace(/\\\\$/, '')
    .trim()
  if (name === 'copy') return findCopyWay(text)
  // Backquotes run a program in the arguments of any other command, but not within quotes.
  if (text.replaceAll(/'(?:[^'\\]|\\.|'')*'|"[^"]*"/g, '').includes('`')) return 'shell'
  if (/^(c|connect)$/.test(name)) return 'connect'
  if (/^(cd|getenv|lo_import|lo_export)$/.test(name)) return 'client-file'
  if (!/^(g|gx|o|out|s|w|write)$/.test(name)) return undefined
  const target = /^gx?$/.test(name) ? text.replace(/^\([^)]*\)\s*/, '') : text
  if (target === '') return undefined
  // What a variable holds may start with the sign of a program.
  return /^[|:]/.test(target) ? 'shell' : 'client-file'
}

/** `\copy` takes the whole line literally, and reads or writes where psql runs. */
function findCopyWay(text: string): EscapeName | undefined {
  const tokens = tokenise(text, { psql: false }).filter((token) => !isGap(token))
  const word = findCopyTarget(tokens, 0)?.word
  if (word === 'program') return 'shell'
  return word === 'stdin' || word === 'stdout' || word === 'pstdout' ? undefined : 'client-file'
}
