import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { processIdentity } from '../process/process-identity.ts'
import { RehearsalError } from '../errors.ts'

const claimFile = '.running'

interface Owner {
  readonly pid: number
  readonly identity: string | undefined
}

/**
 * Makes a folder this process's own until it is let go of. Throws OPTION_REFUSED where a run that is alive has it; what
 * a killed one has left there counts for nothing.
 */
export async function claimFolder(directory: string): Promise<AsyncDisposable> {
  const path = join(directory, claimFile)
  const own: Owner = { pid: process.pid, identity: await processIdentity(process.pid) }
  for (;;) {
    try {
      await writeFile(path, JSON.stringify(own), { flag: 'wx' })
      return { [Symbol.asyncDispose]: () => rm(path, { force: true }) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const other = await readOwner(path)
    if (other !== undefined && (await processIdentity(other.pid)) === other.identity) {
      throw new RehearsalError(
        'OPTION_REFUSED',
        `another run (process ${other.pid}) is writing its reports to ${directory}`,
        { hint: 'wait for it, or give another folder with --output' },
      )
    }
    await rm(path, { force: true })
  }
}

/** The process that holds the folder; undefined if that is unknown. */
async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Owner
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
