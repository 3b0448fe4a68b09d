import { readdir, readFile, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { RehearsalError } from '../errors.ts'
import { processIdentity } from './process-identity.ts'
import { ownerOf, runDirectoryPrefix } from './run-directory.ts'

const stopDeadlineMs = 30_000

/**
 * Removes what runs that were killed left behind: their servers, then their directories. Runs that live are
 * left alone; directories kept on purpose go only with `kept: true`. Returns the directories removed.
 */
export async function sweep(options: { kept?: boolean } = {}): Promise<string[]> {
  const swept: string[] = []
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(runDirectoryPrefix)) continue
    const path = join(tmpdir(), name)
    const owner = await ownerOf(path)
    if (owner !== 'gone' && !(owner === 'kept' && options.kept === true)) continue
    await stopServers(path)
    await rm(path, { recursive: true, force: true, maxRetries: 3 })
    swept.push(path)
  }
  return swept
}

async function stopServers(runDirectory: string): Promise<void> {
  for (const name of await readNames(runDirectory)) {
    const data = join(runDirectory, name, 'data')
    const pid = await serverPid(data)
    if (pid !== undefined) await stopServer(pid, data)
  }
}

/** Another run may be sweeping the same directory. */
async function readNames(directory: string): Promise<string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** The pid that postmaster.pid names, if a process lives there whose working directory is this data directory. */
async function serverPid(data: string): Promise<number | undefined> {
  try {
    const pid = Number.parseInt(await readFile(join(data, 'postmaster.pid'), 'utf8'), 10)
    if (process.platform !== 'linux') return (await processIdentity(pid)) === undefined ? undefined : pid
    return (await readlink(`/proc/${pid}/cwd`)) === data ? pid : undefined
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ESRCH') return undefined
    throw error
  }
}

async function stopServer(pid: number, data: string): Promise<void> {
  try {
    process.kill(pid, 'SIGQUIT')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
  const deadline = Date.now() + stopDeadlineMs
  while ((await processIdentity(pid)) !== undefined) {
    if (Date.now() > deadline) {
      throw new RehearsalError('CLUSTER_FAILED', `the server ${pid} of ${data} does not end`, {
        hint: `end it by hand: kill -QUIT ${pid}`,
      })
    }
    await pause(20)
  }
}
