import { randomBytes } from 'node:crypto'
import { lstat, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { copyDirectory } from '../cluster/copy-directory.ts'
import { makeServerDirectory, writeOwner } from '../cluster/run-directory.ts'
import { RehearsalError } from '../errors.ts'
import { makeDirectory } from '../process/make-directory.ts'
import { cacheDirectory } from './cache-directory.ts'
import { completeFile, discard, pruneCache, sweepCache } from './cache-entries.ts'
import { describeDamage, readManifest } from './manifest.ts'

const completeSchema = z.strictObject({
  key: z.string(),
  /** Of the bootstrap superuser; every run replaces it in its copy. */
  password: z.string(),
  files: z.record(z.string(), z.string()),
  /** Size of all files together. */
  bytes: z.number(),
})

/**
 * Copies a prepared cluster to `target` and returns its superuser's password. Undefined where there is none, or
 * where the entry is half made, damaged or not ours: `note` hears which, and the entry is thrown away.
 */
export async function takeFromCache(
  key: string,
  target: string,
  note: (message: string) => void,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const entry = join(cacheDirectory(), key)
  const complete = await readComplete(entry)
  if (complete === undefined) return undefined
  const damage =
    (await describeStranger(entry)) ??
    (complete === 'unreadable' || complete.key !== key
      ? `${completeFile} is not ours`
      : await copyChecked(entry, target, complete.files, signal))
  if (damage === undefined && typeof complete === 'object') {
    await markUsed(join(entry, completeFile))
    return complete.password
  }
  note(`the prepared cluster in ${entry} could not be used, and was created again: ${damage}`)
  // The directory itself may be hidden from servers that run already.
  await rm(join(target, 'data'), { recursive: true, force: true })
  await discard(entry)
  return undefined
}

/** Another run may have removed the entry since it was copied. */
async function markUsed(file: string): Promise<void> {
  const now = new Date()
  await utimes(file, now, now).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}

/** What is known of a prepared cluster, such as its size in bytes; undefined where there is none that can be used. */
export async function findInCache(
  key: string,
): Promise<{ readonly password: string; readonly bytes: number } | undefined> {
  const complete = await readComplete(join(cacheDirectory(), key))
  return typeof complete === 'object' ? complete : undefined
}

/** Keeps a stopped cluster's directory under a key; whoever comes second at the same time leaves the first in place. */
export async function putIntoCache(key: string, source: string, password: string): Promise<void> {
  const directory = cacheDirectory()
  try {
    await keep(directory, key, source, password)
  } catch (cause) {
    throw new RehearsalError('CACHE_FAILED', `the prepared cluster could not be kept in ${directory}`, {
      hint: 'make room there, or set REHEARSAL_CACHE to another directory',
      cause,
    })
  }
  await sweepCache()
  await pruneCache()
}

async function keep(directory: string, key: string, source: string, password: string): Promise<void> {
  await makeDirectory(directory, 0o700)
  const making = join(directory, `making-${process.pid}-${randomBytes(6).toString('hex')}`)
  try {
    await mkdir(making, { mode: 0o700 })
    await writeOwner(making)
    const entry = join(making, key)
    await mkdir(entry, { mode: 0o700 })
    await copyDirectory(join(source, 'data'), join(entry, 'data'))
    const { manifest: files, bytes } = await readManifest(join(entry, 'data'))
    const complete = { key, password, files, bytes } satisfies z.infer<typeof completeSchema>
    await writeFile(join(entry, completeFile), JSON.stringify(complete), { mode: 0o600 })
    await rename(entry, join(directory, key)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}

async function copyChecked(
  entry: string,
  target: string,
  files: Record<string, string>,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    await makeServerDirectory(target)
    await copyDirectory(join(entry, 'data'), join(target, 'data'), signal)
  } catch (error) {
    signal?.throwIfAborted()
    return error instanceof Error ? error.message : String(error)
  }
  return describeDamage(files, (await readManifest(join(target, 'data'), signal)).manifest)
}

/** Why somebody else may have put the entry there, or changed it; undefined where nobody else could. */
async function describeStranger(entry: string): Promise<string | undefined> {
  const found = await lstat(entry)
  if (found.isSymbolicLink()) return 'it is a link'
  if (process.getuid !== undefined && found.uid !== process.getuid()) return 'it belongs to somebody else'
  return (found.mode & 0o022) === 0 ? undefined : 'others may write to it'
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
