import { randomBytes } from 'node:crypto'
import type { Stats } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { cacheDirectory, transpiledDirectory } from './cache-directory.ts'
import { ownerOf } from '../cluster/run-directory.ts'
import { RehearsalError } from '../errors.ts'

/** Stands in an entry that is whole, and is touched when the entry is used. */
export const completeFile = 'complete.json'
const keptEntries = 6

const transpiled = new RegExp(`^${basename(transpiledDirectory())}$`)
/** Names of entries, and of those that are being made or removed by a process. */
const [whole, underWork] = [/^[0-9a-f]{32}$/, /^(making|discarded)-\d+-[0-9a-f]{12}$/] as const

/** Keeps the entries of the cache directory that were used last. */
export async function pruneCache(): Promise<void> {
  const entries: { path: string; usedMs: number }[] = []
  for (const path of await list(whole)) {
    // Another run may be removing it at this moment.
    const used = (await statIfThere(join(path, completeFile))) ?? (await statIfThere(path))
    if (used !== undefined) entries.push({ path, usedMs: used.mtimeMs })
  }
  entries.sort((one, other) => other.usedMs - one.usedMs)
  for (const { path } of entries.slice(keptEntries)) await discard(path)
}

/** Removes what runs that were killed left half made or half removed. Returns the directories removed. */
export async function sweepCache(): Promise<string[]> {
  const swept: string[] = []
  for (const path of await list(underWork)) {
    if ((await ownerOf(path)) !== 'gone') continue
    await discard(path)
    swept.push(path)
  }
  return swept
}

/** Removes every entry, and what was left half made. Returns what was removed. */
export async function clearCache(): Promise<string[]> {
  const paths = [...(await list(whole)), ...(await list(underWork)), ...(await list(transpiled))]
  for (const path of paths) await discard(path)
  return paths
}

/**
 * What in the cache directory is ours, by its name: an entry is called by its key, or by what is being done to it. What else
 * stands there may be somebody's own, and stays.
 */
async function list(name: RegExp): Promise<string[]> {
  const directory = cacheDirectory()
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new RehearsalError('CACHE_FAILED', `the cache ${directory} cannot be read (${error.code})`, {
      hint: 'set REHEARSAL_CACHE to another directory',
      cause: error,
    })
  })
  return names.filter((found) => name.test(found)).map((found) => join(directory, found))
}

async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}

/** Removes an entry so that nobody takes it for whole in the meantime. */
export async function discard(entry: string): Promise<void> {
  const away = join(dirname(entry), `discarded-${process.pid}-${randomBytes(6).toString('hex')}`)
  try {
    await rename(entry, away)
    await rm(away, { recursive: true, force: true })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return
    throw new RehearsalError('CACHE_FAILED', `${entry} could not be removed`, {
      hint: 'remove it yourself, or set REHEARSAL_CACHE to another directory',
      cause,
    })
  }
}
