import { sweep } from '../cluster/sweep.ts'
import { clearCache, sweepCache } from '../cache/cache-entries.ts'
import { exitCodes } from './exit-codes.ts'

/** Sweeps after killed runs, removes kept clones and, if asked, the prepared clusters. */
export async function clean({ cache }: { cache: boolean }): Promise<number> {
  const removed = [...(await sweep({ kept: true })), ...(await (cache ? clearCache() : sweepCache()))]
  process.stdout.write(
    removed.length === 0 ? 'nothing to remove\n' : removed.map((path) => `removed ${path}\n`).join(''),
  )
  return exitCodes.pass
}
