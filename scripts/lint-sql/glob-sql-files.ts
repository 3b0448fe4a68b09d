import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** The paths of all `.sql` files under a directory, sorted. */
export async function globSqlFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.sql'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
