import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'

/** Where Linux has a file system in memory (shm_overview(7)). */
const memoryDirectory = '/dev/shm'
/** statfs(2), TMPFS_MAGIC. */
const tmpfsType = 0x01_02_19_94
/** The part of the free memory that a run may take up. */
const shareOfMemory = 0.5
/** What a run needs as a multiple of its prepared cluster: a copy of that, the clone, copies of the clone, their WAL. */
const copies = 6

/** Every directory in which the directory of a run may be. */
export function runRoots(): string[] {
  return [...new Set([tmpdir(), ...(hasMemoryDirectory() ? [memoryDirectory] : [])])]
}

/**
 * Chooses the directory in which a run makes its own: the temporary directory that the user named; else memory, if a
 * prepared cluster of `bytes` and its copies fit there, because every database is some 300 files; else the system's
 * temporary directory.
 */
export async function chooseRunRoot(bytes: number | undefined): Promise<string> {
  const isNamed = ['TMPDIR', 'TMP', 'TEMP'].some((name) => process.env[name])
  if (isNamed || bytes === undefined || !hasMemoryDirectory()) return tmpdir()
  return bytes * copies <= (await freeMemoryBytes()) * shareOfMemory ? memoryDirectory : tmpdir()
}

/** Free bytes of the file system in memory, within what this process may use of the machine; 0 where it is not in memory. */
async function freeMemoryBytes(): Promise<number> {
  const { type, bavail, bsize } = await statfs(memoryDirectory)
  return type === tmpfsType ? Math.min(bavail * bsize, process.availableMemory()) : 0
}

function hasMemoryDirectory(): boolean {
  return process.platform === 'linux' && existsSync(memoryDirectory)
}
