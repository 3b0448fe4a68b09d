import { createHash } from 'node:crypto'
import { lstat, open, readdir, readlink } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** Path, relative → type and mode and, for a file, the SHA-256 of its content. */
export type Manifest = Readonly<Record<string, string>>

const readerCount = 4
const chunkBytes = 256 * 1024

/** Reads everything below a directory; anything more, less or changed makes another manifest. */
export async function readManifest(directory: string, signal?: AbortSignal): Promise<Manifest> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const manifest: Record<string, string> = {}
  const queue = entries.map((entry) => relative(directory, join(entry.parentPath, entry.name))).sort()
  const readers = Array.from({ length: readerCount }, async () => {
    const buffer = Buffer.allocUnsafeSlow(chunkBytes)
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
      signal?.throwIfAborted()
      manifest[name] = await describeEntry(join(directory, name), buffer)
    }
  })
  await Promise.all(readers)
  return manifest
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

async function describeEntry(path: string, buffer: Buffer): Promise<string> {
  const stats = await lstat(path)
  const mode = (stats.mode & 0o7777).toString(8)
  if (stats.isDirectory()) return `directory ${mode}`
  if (stats.isSymbolicLink()) return `link ${await readlink(path)}`
  if (!stats.isFile()) return `special ${mode}`
  return `file ${mode} ${await hashFile(path, buffer)}`
}

/** One buffer serves all files of a reader: most files of a cluster are small, and a stream for each costs more than the hash. */
async function hashFile(path: string, buffer: Buffer): Promise<string> {
  const hash = createHash('sha256')
  const file = await open(path)
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length)
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(buffer.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
}
