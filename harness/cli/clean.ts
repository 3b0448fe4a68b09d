import { rm } from 'node:fs/promises'
import { sweep } from '../cluster/sweep.ts'
import { cacheDirectory } from '../prepare/cache.ts'
import { exitCodes } from './exit-codes.ts'

/** Sweeps after killed runs, removes kept clones and, if asked, the prepared clusters. */
export async function clean({ cache }: { cache: boolean }): Promise<number> {
  const swept = await sweep({ kept: true })
  const removed = [...swept]
  if (cache) {
    await rm(cacheDirectory(), { recursive: true, force: true })
    removed.push(cacheDirectory())
  }
  process.stdout.write(
    removed.length === 0 ? 'nothing to remove\n' : removed.map((path) => `removed ${path}\n`).join(''),
  )
  return exitCodes.pass
}
