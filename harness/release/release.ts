import { readFile } from 'node:fs/promises'
import { posix, resolve } from 'node:path'
import type { ReleaseFile } from '../evidence/schema.ts'
import { checkErrorStop } from './check-error-stop.ts'
import { checkTierOrder } from './check-tier-order.ts'
import { findIncludes } from './includes.ts'
import { positionAt } from './position.ts'
import { decodeScript } from './read-text.ts'
import { sha256 } from './sha256.ts'
import { tokenise } from './tokenise.ts'
import { unreadable } from './unreadable.ts'

/** One configured tier. `guarded`: the tier (with what it includes) holds exactly one database guard. */
export interface TierSettings {
  readonly id: string
  /** Relative to the release's directory, with forward slashes. */
  readonly file: string
  /** Default: what its files show. */
  readonly guarded?: boolean | undefined
}

export interface ReleaseSettings {
  readonly directory: string
  readonly script: string
  readonly rollback: string | undefined
  readonly tiers: readonly TierSettings[]
}

/** The canonical release: every file that psql reads in it, byte by byte. Paths are relative to `directory`. */
export interface Release extends ReleaseSettings {
  /** In the order in which psql reads them; the rollback last. A file that a tier includes has the tier's role. */
  readonly files: readonly ReleaseFile[]
  readonly bytes: ReadonlyMap<string, Uint8Array>
  /** Path → id of the tier that it belongs to. */
  readonly tierOf: ReadonlyMap<string, string>
}

/**
 * Reads the release's files. Throws RELEASE_UNREADABLE where one is missing or outside the directory, or where the
 * script does not include exactly the configured tiers in their order.
 */
export async function readRelease(settings: ReleaseSettings): Promise<Release> {
  const reading: Reading = {
    directory: settings.directory,
    files: [],
    bytes: new Map(),
    texts: new Map(),
    tierOf: new Map(),
  }
  const base = posix.dirname(posix.normalize(settings.script))
  const script = await readScript(reading, settings.script, 'script', undefined)
  checkTierOrder(settings, script)
  for (const tier of settings.tiers) await readTree(reading, tier.file, 'tier', base, tier.id)
  const { rollback } = settings
  if (rollback !== undefined)
    await readTree(reading, rollback, 'rollback', posix.dirname(posix.normalize(rollback)))
  checkErrorStop(posix.normalize(settings.script), reading.texts)
  return { ...settings, files: reading.files, bytes: reading.bytes, tierOf: reading.tierOf }
}

interface Reading {
  readonly directory: string
  readonly files: ReleaseFile[]
  readonly bytes: Map<string, Uint8Array>
  readonly texts: Map<string, string>
  readonly tierOf: Map<string, string>
}

/** A script and what it includes; `base` is psql's working directory, where `\i` starts. */
async function readTree(
  reading: Reading,
  path: string,
  role: ReleaseFile['role'],
  base: string,
  tier?: string,
): Promise<void> {
  const text = await readScript(reading, path, role, tier)
  for (const include of findIncludes(text)) {
    if (include.path === undefined) {
      throw unreadable(
        path,
        include.line,
        `cannot determine which file "${include.token.text.trim()}" includes`,
        {
          hint: 'write the plain file name, without variables, on a line of its own',
        },
      )
    }
    const included = posix.join(include.isRelative ? posix.dirname(path) : base, include.path)
    await readTree(reading, included, role, base, tier)
  }
}

async function readScript(
  reading: Reading,
  file: string,
  role: ReleaseFile['role'],
  tier: string | undefined,
): Promise<string> {
  const path = posix.normalize(file)
  if (path.startsWith('../') || posix.isAbsolute(path)) {
    throw unreadable(path, null, 'the file is outside the release', {
      hint: `move it below ${reading.directory}`,
    })
  }
  if (reading.bytes.has(path)) {
    throw unreadable(path, null, 'the file is read more than once in the release', {
      hint: 'a file belongs to one tier: give the second include a file of its own',
    })
  }
  const bytes = await readFile(resolve(reading.directory, path)).catch((cause: unknown) => {
    const reason =
      (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'the file is missing' : 'cannot read it'
    throw unreadable(path, null, reason, { hint: `looked in ${reading.directory}`, cause })
  })
  reading.bytes.set(path, new Uint8Array(bytes))
  reading.files.push({ path, role, sha256: sha256(bytes) })
  if (tier !== undefined) reading.tierOf.set(path, tier)
  const text = decodeScript(path, bytes)
  reading.texts.set(path, text)
  checkClosed(path, text)
  return text
}

/** In a script with an unclosed quote, code and text cannot be distinguished. */
function checkClosed(path: string, text: string): void {
  const open = tokenise(text).find((token) => !token.closed)
  if (open === undefined) return
  throw unreadable(path, positionAt(text, open.offset).line, `the ${open.kind} that starts here has no end`, {
    hint: `it starts with ${JSON.stringify(open.text.slice(0, 30))}`,
  })
}
