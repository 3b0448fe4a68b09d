import { RehearsalError } from '../../errors.ts'
import { decodeScript } from '../../release/read-text.ts'
import type { Release } from '../../release/release.ts'
import { findEscapes, type Escape } from './find-escapes.ts'
import { findOpenVariables } from './variables.ts'
import { ways, type EscapeName } from '../../config/escape-names.ts'

/** An escape in the release, with its file. */
export interface TakenEscape extends Escape {
  readonly file: string
}

export interface EscapeSettings {
  /** Production's database, whose name only guards may hold. */
  readonly database: string
  /** Ways that the release may take, each with the reason. */
  readonly allows: Readonly<Partial<Record<EscapeName, string>>>
}

/**
 * Reads every file of the release, script and rollback too, for escapes. Returns those that are
 * allowed; throws RELEASE_REFUSED with all that are not, each with its place.
 */
export function checkEscapes(release: Release, { database, allows }: EscapeSettings): TakenEscape[] {
  const scripts = release.files.map(({ path }) => ({
    file: path,
    sql: decodeScript(path, release.bytes.get(path)!),
  }))
  const isOpen = findOpenVariables(scripts.map(({ sql }) => sql))
  const taken = scripts.flatMap(({ file, sql }) =>
    findEscapes(sql, database, isOpen).map((way) => ({ ...way, file })),
  )
  const refused = taken.filter(({ way }) => allows[way] === undefined)
  if (refused.length === 0) return taken
  const names = [...new Set(refused.map(({ way }) => way))]
  throw new RehearsalError(
    'RELEASE_REFUSED',
    `the release reaches beyond its database:\n${refused.map(describeTaken).join('\n')}`,
    {
      hint:
        'remove it from the release, or allow it by name, with the reason, in rehearsal.config.ts: ' +
        `release: { allows: { ${names.map((name) => `${quoteKey(name)}: '…'`).join(', ')} } }`,
      details: { refused },
    },
  )
}

/** Ways that are allowed, and that the release does not take. */
export function findUnusedAllowances(
  taken: readonly TakenEscape[],
  allows: EscapeSettings['allows'],
): string[] {
  const used = new Set<string>(taken.map(({ way }) => way))
  return Object.keys(allows).filter((way) => !used.has(way))
}

/** `file:line:column: way: text`. */
function describeTaken({ file, line, column, way, text }: TakenEscape): string {
  return `${file}:${line}:${column}: ${way}: ${text} (${ways[way]})`
}

function quoteKey(name: string): string {
  return name.includes('-') ? `'${name}'` : name
}
