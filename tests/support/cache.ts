import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { compile } from '../../bin/compile.mjs'
import { chooseRunRoot } from '../../harness/cluster/run-root.ts'

/** What the clusters of all tests take up, of which a run would need several times as much. */
const testBytes = 500_000_000

let directory: string | undefined

/**
 * Vitest's global setup: the package that configurations import is compiled; prepared clusters of the tests are kept in
 * a cache of their own, for this run only; and all that is temporary lies in memory where there is room, because
 * clusters are many small files, which a file system on disk makes and removes at the cost of the rest.
 */
export async function setup(): Promise<void> {
  compile()
  directory = await mkdtemp(join(await chooseRunRoot(testBytes), 'tests-'))
  // The server's account passes through.
  await chmod(directory, 0o755)
  process.env['TMPDIR'] = directory
  process.env['REHEARSAL_CACHE'] = join(directory, 'cache')
}

export async function teardown(): Promise<void> {
  if (directory !== undefined) await rm(directory, { recursive: true, force: true })
}

/** Keys of the prepared clusters in a cache: of production, production with golden, and the cluster that nobody has used. */
export async function clustersIn(cache: string): Promise<string[]> {
  return (await readdir(cache)).filter((name) => /^[0-9a-f]{32}$/.test(name))
}
