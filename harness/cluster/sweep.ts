import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { RehearsalError } from '../errors.ts'
import { findProcesses } from '../process/find-processes.ts'
import { processIdentity } from '../process/process-identity.ts'
import { ownerOf, runDirectoryPrefix } from './run-directory.ts'
import { runRoots } from './run-root.ts'

const stopDeadlineMs = 30_000

/**
 * Removes what runs that were killed left behind: their servers, then their directories. Runs that live are
 * left alone; directories kept on purpose go only with `kept: true`. Returns the directories removed.
 */
export async function sweep(options: { kept?: boolean } = {}): Promise<string[]> {
  const swept: string[] = []
  for (const path of await findRunDirectories()) {
    const owner = await ownerOf(path)
    if (owner !== 'gone' && !(owner === 'kept' && options.kept === true)) continue
    await stopServers(path)
    await rm(path, { recursive: true, force: true, maxRetries: 3 })
    swept.push(path)
  }
  return swept
}

async function findRunDirectories(): Promise<string[]> {
  const found = runRoots().map(async (root) =>
    (await readdir(root))
      .filter((name) => name.startsWith(runDirectoryPrefix))
      .map((name) => join(root, name)),
  )
  return (await Promise.all(found)).flat()
}

async function stopServers(runDirectory: string): Promise<void> {
  const left = await findProcesses(runDirectory)
  for (const pid of left) {
    try {
      process.kill(pid, 'SIGQUIT')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
  const deadline = Date.now() + stopDeadlineMs
  for (const pid of left) {
    while ((await processIdentity(pid)) !== undefined) {
      if (Date.now() > deadline) {
        throw new RehearsalError('CLUSTER_FAILED', `the process ${pid} of ${runDirectory} does not end`, {
          hint: `end it yourself: kill -QUIT ${pid}`,
        })
      }
      await pause(20)
    }
  }
}
