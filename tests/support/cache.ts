import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Vitest's global setup: prepared clusters of the tests are kept in a cache of their own, for this run only. */
export default async function setup(): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'rehearsed-cache-'))
  process.env['REHEARSAL_CACHE'] = directory
  return () => rm(directory, { recursive: true, force: true })
}
