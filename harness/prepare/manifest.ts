import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** File path, relative → SHA-256 of its content. */
export type Manifest = Readonly<Record<string, string>>

/** Reads every file below a directory; a file more, less or changed makes another manifest. */
export async function readManifest(directory: string): Promise<Manifest> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const manifest: Record<string, string> = {}
  const queue = files.sort()
  const readers = Array.from({ length: 8 }, async () => {
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      const hash = createHash('sha256')
      await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash)
      manifest[relative(directory, file)] = hash.digest('hex')
    }
  })
  await Promise.all(readers)
  return manifest
}

/** The first file in which two manifests differ, as a sentence; undefined where they are the same. */
export function describeDamage(expected: Manifest, actual: Manifest): string | undefined {
  for (const file of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    if (actual[file] === undefined) return `${file} is missing`
    if (expected[file] === undefined) return `${file} does not belong there`
    if (expected[file] !== actual[file]) return `${file} was changed`
  }
  return undefined
}
