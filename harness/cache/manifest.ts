import { createHash } from 'node:crypto'
import { closeSync, lstatSync, openSync, readSync, readdirSync, readlinkSync } from 'node:fs'
import { join, relative } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Path, relative → type and mode and, for a file, the SHA-256 of its content. */
export type Manifest = Readonly<Record<string, string>>

export interface ReadDirectory {
  readonly manifest: Manifest
  /** Size of all files together. */
  readonly bytes: number
}

const chunkBytes = 1024 ** 2
/** The rest of the process gets its turn after so many bytes; waiting for each of a cluster's small files takes longer. */
const turnBytes = 16 * chunkBytes

/** Reads everything below a directory; anything more, less or changed makes another manifest. */
export async function readManifest(directory: string, signal?: AbortSignal): Promise<ReadDirectory> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true })
  const manifest: Record<string, string> = {}
  const buffer = Buffer.allocUnsafeSlow(chunkBytes)
  let [bytes, turnEnd] = [0, turnBytes]
  const afterChunk = async (count: number): Promise<void> => {
    bytes += count
    if (bytes < turnEnd) return
    turnEnd = bytes + turnBytes
    await nextTurn()
    signal?.throwIfAborted()
  }
  for (const path of entries.map((entry) => join(entry.parentPath, entry.name)).sort())
    manifest[relative(directory, path)] = await describeEntry(path, buffer, afterChunk)
  return { manifest, bytes }
}

/** The first path in which two manifests differ, as a sentence; undefined where they are the same. */
export function describeDamage(expected: Manifest, actual: Manifest): string | undefined {
  for (const path of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    if (actual[path] === undefined) return `${path} is missing`
    if (expected[path] === undefined) return `${path} does not belong there`
    if (expected[path] !== actual[path]) return `${path} was changed`
  }
  return undefined
}

async function describeEntry(
  path: string,
  buffer: Buffer,
  afterChunk: (bytes: number) => Promise<void>,
): Promise<string> {
  const stats = lstatSync(path)
  const mode = (stats.mode & 0o7777).toString(8)
  if (stats.isDirectory()) return `directory ${mode}`
  if (stats.isSymbolicLink()) return `link ${readlinkSync(path)}`
  if (!stats.isFile()) return `special ${mode}`
  const hash = createHash('sha256')
  const file = openSync(path, 'r')
  try {
    for (;;) {
      const count = readSync(file, buffer, 0, buffer.length, null)
      if (count === 0) return `file ${mode} ${hash.digest('hex')}`
      hash.update(buffer.subarray(0, count))
      await afterChunk(count)
    }
  } finally {
    closeSync(file)
  }
}
