import { readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { processIdentity } from './process-identity.ts'

/**
 * Pids of the processes that work in a run's directory: its servers, with what confines them, and clients. Where there
 * is no proc(5), the servers whose postmaster.pid is there.
 */
export async function findProcesses(runDirectory: string): Promise<number[]> {
  if (process.platform !== 'linux') return findServers(runDirectory)
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0)
  const directories = await Promise.all(pids.map(workingDirectory))
  return pids.filter((_, index) => {
    const directory = directories[index]
    return directory === runDirectory || directory?.startsWith(`${runDirectory}/`) === true
  })
}

/** Undefined where the process has ended, or is another user's. */
async function workingDirectory(pid: number): Promise<string | undefined> {
  try {
    return await readlink(`/proc/${pid}/cwd`)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return undefined
    throw error
  }
}

async function findServers(runDirectory: string): Promise<number[]> {
  const found: number[] = []
  for (const name of await unlessGone(readdir(runDirectory), [])) {
    const file = await unlessGone(readFile(join(runDirectory, name, 'data/postmaster.pid'), 'utf8'), '')
    const pid = Number.parseInt(file, 10)
    if (pid > 0 && (await processIdentity(pid)) !== undefined) found.push(pid)
  }
  return found
}

/** Another run may be sweeping the same directory. */
async function unlessGone<T>(reading: Promise<T>, instead: T): Promise<T> {
  try {
    return await reading
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return instead
    throw error
  }
}
