import { accessSync, constants, existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'

/** Where Linux has a file system in memory (shm_overview(7)). */
const memoryDirectory = '/dev/shm'
/** statfs(2), TMPFS_MAGIC. */
const tmpfsType = 0x01_02_19_94
/** login.defs(5), UID_MIN. */
const firstOrdinaryUid = 1000
/** The part of the free memory that a run may take up. */
const shareOfMemory = 0.5
/** What a run needs as a multiple of its prepared clusters: a copy of each, the clone, copies of the clone. */
const copies = 6
/** And beside that: WAL of the two servers that are written, up to their max_wal_size, and what the release writes. */
const spareBytes = 2 * 1024 ** 3

/** Every directory in which the directory of a run may be. */
export function runRoots(): string[] {
  return [...new Set([tmpdir(), ...(hasMemoryDirectory() ? [memoryDirectory] : [])])]
}

/**
 * Chooses the directory in which a run makes its own: the temporary directory that the user named; else memory, if
 * prepared clusters of `bytes` together, and their copies, fit there, because every database is some 300 files; else the system's
 * temporary directory.
 */
export async function chooseRunRoot(bytes: number | undefined): Promise<string> {
  const isNamed = ['TMPDIR', 'TMP', 'TEMP'].some((name) => process.env[name])
  if (isNamed || bytes === undefined || !hasMemoryDirectory()) return tmpdir()
  if (!isLasting()) return tmpdir()
  const neededBytes = bytes * copies + spareBytes
  return neededBytes <= (await freeMemoryBytes()) * shareOfMemory ? memoryDirectory : tmpdir()
}

/** Free bytes of the file system in memory, within what this process may use of the machine; 0 where it is not in memory. */
async function freeMemoryBytes(): Promise<number> {
  const { type, bavail, bsize } = await statfs(memoryDirectory)
  return type === tmpfsType ? Math.min(bavail * bsize, process.availableMemory()) : 0
}

function hasMemoryDirectory(): boolean {
  if (process.platform !== 'linux') return false
  try {
    accessSync(memoryDirectory, constants.W_OK)
    return true
  } catch {
    return false // absent or read-only: either way no place for a run
  }
}

/**
 * systemd empties it of what belongs to an ordinary user whose last session ends (logind.conf(5), RemoveIPC), which may
 * happen to a service at any time, and to whoever runs in a session of their own at its end alone.
 */
function isLasting(): boolean {
  const isSystemAccount = process.getuid!() < firstOrdinaryUid
  return isSystemAccount || process.env['XDG_SESSION_ID'] !== undefined || !existsSync('/run/systemd/seats')
}
