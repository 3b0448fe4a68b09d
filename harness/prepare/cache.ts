import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { copyDirectory } from '../cluster/copy-directory.ts'
import { RehearsalError } from '../errors.ts'
import { describeDamage, readManifest } from './manifest.ts'

const completeFile = 'complete.json'
const keptEntries = 6

const completeSchema = z.strictObject({
  key: z.string(),
  /** Of the bootstrap superuser; every run replaces it in its copy. */
  password: z.string(),
  files: z.record(z.string(), z.string()),
})

/** Where prepared clusters are kept: `REHEARSAL_CACHE`, else `dress-rehearsal` in the user's cache directory. */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  if (env['REHEARSAL_CACHE']) return env['REHEARSAL_CACHE']
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'dress-rehearsal')
}

/**
 * Copies a prepared cluster to `target` and returns its superuser's password. Undefined where there is none, or
 * where the entry is half made, damaged or not ours: `tell` hears which, and the entry is thrown away.
 */
export async function takeFromCache(
  key: string,
  target: string,
  tell: (message: string) => void,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const entry = join(cacheDirectory(), key)
  const complete = await readComplete(entry)
  if (complete === undefined) return undefined
  const damage =
    complete === 'unreadable' || complete.key !== key
      ? `${completeFile} is not ours`
      : await copyChecked(entry, target, complete.files, signal)
  if (damage === undefined && typeof complete === 'object') {
    const now = new Date()
    await utimes(join(entry, completeFile), now, now)
    return complete.password
  }
  tell(`the prepared cluster ${key} is made again: ${damage}`)
  await rm(target, { recursive: true, force: true })
  await discard(entry)
  return undefined
}

/** Keeps a stopped cluster's directory under a key; whoever comes second at the same time leaves the first in place. */
export async function putIntoCache(key: string, source: string, password: string): Promise<void> {
  const directory = cacheDirectory()
  const making = join(directory, `making-${randomBytes(6).toString('hex')}`)
  try {
    await mkdir(making, { recursive: true, mode: 0o700 })
    await copyDirectory(join(source, 'data'), join(making, 'data'))
    const files = await readManifest(join(making, 'data'))
    await writeFile(join(making, completeFile), JSON.stringify({ key, password, files }), { mode: 0o600 })
    await rename(making, join(directory, key)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } catch (cause) {
    throw new RehearsalError('CACHE_FAILED', `the prepared cluster could not be kept in ${directory}`, {
      hint: 'make room there, or let REHEARSAL_CACHE name another directory',
      cause,
    })
  } finally {
    await rm(making, { recursive: true, force: true })
  }
  await prune()
}

async function copyChecked(
  entry: string,
  target: string,
  files: Record<string, string>,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    await copyDirectory(join(entry, 'data'), join(target, 'data'), signal)
  } catch (error) {
    signal?.throwIfAborted()
    return error instanceof Error ? error.message : String(error)
  }
  return describeDamage(files, await readManifest(join(target, 'data')))
}

async function readComplete(
  entry: string,
): Promise<z.infer<typeof completeSchema> | 'unreadable' | undefined> {
  let text: string
  try {
    text = await readFile(join(entry, completeFile), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return 'unreadable'
    return stat(entry).then(
      () => 'unreadable' as const,
      () => undefined,
    )
  }
  try {
    return completeSchema.parse(JSON.parse(text))
  } catch {
    return 'unreadable' // whatever is wrong with it, it is made again
  }
}

/** Keeps the entries used last; what was half made a day ago goes, too. */
async function prune(): Promise<void> {
  const directory = cacheDirectory()
  const entries: { name: string; usedMs: number }[] = []
  for (const name of await readdir(directory)) {
    const mark = name.startsWith('making-') ? join(directory, name) : join(directory, name, completeFile)
    const used = await stat(mark).catch(() => stat(join(directory, name)))
    if (!name.startsWith('making-')) entries.push({ name, usedMs: used.mtimeMs })
    else if (Date.now() - used.mtimeMs > 24 * 3600 * 1000) await discard(join(directory, name))
  }
  entries.sort((one, other) => other.usedMs - one.usedMs)
  for (const { name } of entries.slice(keptEntries)) await discard(join(directory, name))
}

/** Removes an entry so that nobody takes it for whole in the meantime. */
async function discard(entry: string): Promise<void> {
  const away = `${entry}-discarded-${randomBytes(4).toString('hex')}`
  try {
    await rename(entry, away)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  await rm(away, { recursive: true, force: true })
}
