import { statfs } from 'node:fs/promises'
import { RehearsalError } from '../../errors.ts'
import type { Session } from '../../postgres/session.ts'

/** Free bytes of the file system that holds the directory, for an unprivileged user. */
export async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory)
  return bavail * bsize
}

/** A restore needs the size of the database once more, and room for WAL and sorting indexes. */
const spareBytes = 512 * 1024 ** 2

/** Throws DISK_SHORT where a clone of a database of `bytes` would not fit on the disk. */
export async function requireDisk(directory: string, bytes: number): Promise<void> {
  const needed = bytes * 2 + spareBytes
  const free = await freeBytes(directory)
  if (free >= needed) return
  throw new RehearsalError(
    'DISK_SHORT',
    `the clone needs ${inMegabytes(needed)}, but only ${inMegabytes(free)} are free in ${directory}`,
    { hint: 'free some space, or set TMPDIR to a directory on a larger disk', details: { needed, free } },
  )
}

function inMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`
}

/** Size of the session's database (pg_database_size). */
export async function databaseBytes(session: Session): Promise<number> {
  const [row] = await session.rows('SELECT pg_database_size(current_database()) AS bytes')
  return Number(row?.['bytes'])
}
