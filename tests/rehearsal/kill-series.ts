import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { processIdentity } from '../../harness/process/process-identity.ts'
import { clustersIn } from '../support/cache.ts'
import { OwnTemp, until } from '../support/own-temp.ts'
import { copySmallProject } from '../support/project.ts'

const own = "clone: { database: 'library_rehearsal' }"
const beside = "clone: { database: 'library_rehearsal', onProductionServer: 'no other' }"

/**
 * Kills so many runs, each at a random moment from the making of production on, lets one more run to its end, which
 * must pass, and waits until every process and segment of shared memory is gone. Returns the files that are left.
 */
export async function killRuns(count: number): Promise<string[]> {
  const cache = await mkdtemp(join(tmpdir(), 'killed-cache-'))
  const inherited = process.env['REHEARSAL_CACHE']
  // Empty at first, so that the making of production and golden is killed, too.
  process.env['REHEARSAL_CACHE'] = cache
  try {
    await using project = await copySmallProject()
    await using temp = await OwnTemp.make()
    const before = new Set((await orphans()).map(({ id }) => id))
    const started = new Set<number>()
    let spanMs = 12_000
    for (let index = 0; index < count; index++) {
      // Every other run has its clone on production's own server.
      await project.edit(
        'rehearsal.config.ts',
        index % 2 === 0 ? own : beside,
        index % 2 === 0 ? beside : own,
      )
      const startMs = performance.now()
      const run = project.start('run')
      const isOver = await Promise.race([
        run.ended.then(() => true),
        pause(Math.random() * spanMs, false, { ref: false }),
      ])
      for (const { pid } of await temp.processes()) started.add(pid)
      run.kill('SIGKILL')
      await run.ended
      // A moment after the last process would be wasted.
      if (isOver) spanMs = Math.max(1_000, performance.now() - startMs)
    }
    if (count % 2 === 1) await project.edit('rehearsal.config.ts', beside, own)
    const { exitCode, evidence } = await project.rehearse()
    expect({ exitCode, verdict: evidence.verdict, reasons: evidence.reasons }).toEqual({
      exitCode: 0,
      verdict: 'pass',
      reasons: [],
    })
    await temp.untilNobodyIsLeft()
    await until('the end of shared memory', async () =>
      (await orphans()).some(({ id, maker }) => started.has(maker) && !before.has(id)) ? undefined : true,
    )
    const entries = await readdir(cache)
    expect(entries.filter((name) => name.startsWith('making-'))).toEqual([])
    expect(await clustersIn(cache)).toHaveLength(3)
    return await readdir(temp.path)
  } finally {
    if (inherited === undefined) delete process.env['REHEARSAL_CACHE']
    else process.env['REHEARSAL_CACHE'] = inherited
    await rm(cache, { recursive: true, force: true })
  }
}

/** Segments of System V shared memory whose maker has ended (proc(5), `sysvipc/shm`): others on the machine leave some, too. */
async function orphans(): Promise<{ id: string; maker: number }[]> {
  const lines = (await readFile('/proc/sysvipc/shm', 'utf8')).trim().split('\n').slice(1)
  const segments = lines.map((line) => {
    const [, id, , , maker] = line.trim().split(/\s+/)
    return { id: id!, maker: Number(maker) }
  })
  const left = await Promise.all(
    segments.map(async (segment) => ((await processIdentity(segment.maker)) === undefined ? segment : [])),
  )
  return left.flat()
}
