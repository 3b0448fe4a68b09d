import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { chooseRunRoot } from '../../harness/cluster/run-root.ts'

/** What the prepared clusters of all tests take up, generously. */
const cacheBytes = 1_000_000_000
import { compile } from '../../bin/compile.mjs'

let directory: string | undefined

/** Vitest's global setup: the package that configurations import is compiled, and prepared clusters of the tests are kept in a cache of their own, for this run only. */
export async function setup(): Promise<void> {
  compile()
  directory = await mkdtemp(join(await chooseRunRoot(cacheBytes), 'rehearsed-cache-'))
  process.env['REHEARSAL_CACHE'] = directory
}

export async function teardown(): Promise<void> {
  if (directory !== undefined) await rm(directory, { recursive: true, force: true })
}

/** Keys of the prepared clusters in a cache: of production, production with golden, and the cluster that nobody has used. */
export async function clustersIn(cache: string): Promise<string[]> {
  return (await readdir(cache)).filter((name) => /^[0-9a-f]{32}$/.test(name))
}
