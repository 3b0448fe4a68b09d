import { findIncludes } from './includes.ts'
import { positionAt } from './position.ts'
import { commandName } from './meta-command.ts'
import { tokenise } from './tokenise.ts'
import { unreadable } from './unreadable.ts'

/**
 * Throws unless the script itself turns ON_ERROR_STOP on before its first include, and no file turns it off: psql
 * would go on after an error, and end with exit 0 (psql manual, ON_ERROR_STOP). The harness sets it, too, and so
 * would never see that production's psql does not.
 */
export function checkErrorStop(script: string, texts: ReadonlyMap<string, string>): void {
  for (const [path, text] of texts) {
    const off = findSettings(text).find(({ isOn }) => !isOn)
    if (off === undefined) continue
    throw unreadable(path, positionAt(text, off.offset).line, 'the release turns ON_ERROR_STOP off, or may', {
      hint: 'keep it on; write SQL that does not fail instead (IF EXISTS, a DO block)',
    })
  }
  const text = texts.get(script) ?? ''
  const first = findIncludes(text)[0]?.token.offset ?? text.length
  if (findSettings(text).some(({ offset }) => offset < first)) return
  throw unreadable(script, null, 'the script does not stop on errors', {
    hint: 'write \\set ON_ERROR_STOP on above its first include',
  })
}

/** A name that psql would put together, such as from another variable, may be any. */
const plainName = /^(?:'[\w]+'|"[\w]+"|[\w]+)$/

function findSettings(sql: string): { offset: number; isOn: boolean }[] {
  return tokenise(sql)
    .filter(({ kind, text }) => kind === 'psql-command' && /^(un)?set$/.test(commandName(text)))
    .map(({ offset, text }) => ({ offset, command: commandName(text), words: text.trim().split(/\s+/) }))
    .filter(({ words: [, name = '\\set'] }) =>
      plainName.test(name) ? name.replaceAll(/['"]/g, '') === 'ON_ERROR_STOP' : name !== '\\set',
    )
    .map(({ offset, command, words: [, name = '', value = ''] }) => ({
      offset,
      isOn: command === 'set' && plainName.test(name) && /^['"]?(on|true|yes|1)['"]?$/i.test(value),
    }))
}
