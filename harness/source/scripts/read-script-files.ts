import { readFile } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { RehearsalError } from '../../errors.ts'
import { findIncludes } from '../../release/includes.ts'
import { findEscapes } from '../../confinement/escapes/find-escapes.ts'
import { namesOf, reachingFunctions } from '../../postgres/reaching-functions.ts'
import { positionAt } from '../../release/position.ts'
import { commandName } from '../../release/meta-command.ts'
import { tokenise } from '../../release/tokenise.ts'

/**
 * A psql script and every file that it includes, each as `path NUL content`, one letter a byte, in the order in which psql
 * reads them;
 * links are followed. Throws CONFIG_INVALID for what makes a script's outcome depend on more than these files: such a
 * script gives another production from one day to the next, under the same key.
 */
export async function readScriptFiles(root: string, file: string): Promise<string[]> {
  const parts: string[] = []
  await readScript(root, resolve(root, file), dirname(resolve(root, file)), parts)
  return parts
}

/** `base` is psql's working directory, where `\i` starts; `\ir` starts at the including file's. */
async function readScript(root: string, path: string, base: string, parts: string[]): Promise<void> {
  const name = relative(root, path)
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new RehearsalError('CONFIG_INVALID', `cannot read the script ${name} (${cause.code})`, { cause })
  })
  parts.push(`${name}\0${bytes.toString('latin1')}`)
  const text = bytes.toString()
  refuseOutside(name, text)
  for (const { line, token, path: included, isRelative } of findIncludes(text)) {
    if (included === undefined) {
      throw new RehearsalError(
        'CONFIG_INVALID',
        `${name}:${line}: cannot determine which file this includes: ${token.text.trim()}`,
        {
          hint: 'write the plain file name, without variables',
        },
      )
    }
    await readScript(root, resolve(isRelative ? dirname(path) : base, included), base, parts)
  }
}

/** Commands of psql that read what is no part of the script: a file, a program's output, the environment. */
const outside = /^(!|copy|getenv|lo_import|c|connect)$/

/** What reads a file of the server, of all that reaches its files. */
const readsFile = new RegExp(
  `^"?(copy|${namesOf(reachingFunctions, ({ readsFiles }) => readsFiles === true)})\\b`,
  'i',
)

function refuseOutside(name: string, text: string): void {
  for (const token of tokenise(text).filter(({ kind }) => kind === 'psql-command')) {
    const command = commandName(token.text)
    const isProgram = token.text.replaceAll(/'[^']*'/g, '').includes('`')
    if (!isProgram && !outside.test(command) && !command.startsWith('!')) continue
    refuse(name, positionAt(text, token.offset).line, token.text)
  }
  for (const { way, line, text: place } of findEscapes(text, '')) {
    if ((way === 'server-file' && readsFile.test(place)) || way === 'program') refuse(name, line, place)
  }
}

function refuse(name: string, line: number, place: string): never {
  throw new RehearsalError(
    'CONFIG_INVALID',
    `${name}:${line}: the script reads a file outside its own: ${place.trim()}`,
    { hint: 'production is cached under a key of its scripts: write the data into the scripts, as SQL' },
  )
}
