import { chmod, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { processIdentity } from '../../harness/process/process-identity.ts'

export interface SeenProcess {
  readonly pid: number
  readonly command: string
}

const deadlineMs = 60_000

/**
 * A temporary directory for everything that is started while it lives: what a run leaves behind is found in it, and
 * every process of a run has its path in its arguments, environment or working directory (proc(5)).
 */
export class OwnTemp implements AsyncDisposable {
  readonly path: string
  readonly #before = process.env['TMPDIR']

  private constructor(path: string) {
    this.path = path
    process.env['TMPDIR'] = path
  }

  static async make(): Promise<OwnTemp> {
    const path = await mkdtemp(join(tmpdir(), 'temp-'))
    await chmod(path, 0o755)
    return new OwnTemp(path)
  }

  /** Directories of runs that are there. */
  async runDirectories(): Promise<string[]> {
    const names = await readdir(this.path)
    return names.filter((name) => name.startsWith('dress-rehearsal-')).map((name) => join(this.path, name))
  }

  /** Processes that were started in it, or in one of the directories of it, and live. */
  async processes(directories: readonly string[] = [this.path]): Promise<SeenProcess[]> {
    const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0 && pid !== process.pid)
    const seen = await Promise.all(pids.map((pid) => see(pid, directories)))
    return seen.filter((one) => one !== undefined)
  }

  /** Waits until a process is there whose command matches. */
  async untilThereIs(command: RegExp): Promise<SeenProcess> {
    return until(`a process ${command}`, async () =>
      (await this.processes()).find((one) => command.test(one.command)),
    )
  }

  /** Waits until no process is there any more. */
  async untilNobodyIsLeft(): Promise<void> {
    await until('the end of all processes', async () =>
      (await this.processes()).length === 0 ? true : undefined,
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = this.#before
    await rm(this.path, { recursive: true, force: true })
  }
}

/** Asks until there is an answer; throws after a minute. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + deadlineMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`)
    await pause(20)
  }
}

async function see(pid: number, directories: readonly string[]): Promise<SeenProcess | undefined> {
  try {
    const [command, environment, directory] = await Promise.all([
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
      readFile(`/proc/${pid}/environ`, 'utf8'),
      readlink(`/proc/${pid}/cwd`),
    ])
    const isOurs = directories.some((path) =>
      [command, environment, directory].some((text) => text.includes(path)),
    )
    if (!isOurs || (await processIdentity(pid)) === undefined) return undefined
    return { pid, command: command.replaceAll('\0', ' ').trim() }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return undefined
    throw error
  }
}
