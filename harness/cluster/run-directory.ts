import { chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serverAccount } from './account.ts'
import { processIdentity } from '../process/process-identity.ts'

/** Every run's directory begins so; its process id and six random characters follow. */
export const runDirectoryPrefix = 'dress-rehearsal-'
const ownerFile = 'owner.json'
const namelessMs = 600_000

/** A private directory of one run: its clusters, sockets and scratch files. Removed when disposed of. */
export interface RunDirectory extends AsyncDisposable {
  readonly path: string
}

/** Makes a run's directory in `root` (default: the temporary directory; mode 0700, the server's account) and writes down which process owns it. */
export async function makeRunDirectory(root = tmpdir()): Promise<RunDirectory> {
  const path = await mkdtemp(join(root, `${runDirectoryPrefix}${process.pid}-`))
  await writeOwner(path)
  const account = await serverAccount()
  if (account) await chown(path, account.uid, account.gid)
  return { path, [Symbol.asyncDispose]: () => removeUnlessKept(path) }
}

/** Writes down that this process owns a directory, which whoever finds it may sweep when the process is gone. */
export async function writeOwner(path: string): Promise<void> {
  const owner = { pid: process.pid, identity: await processIdentity(process.pid) }
  await writeFile(join(path, ownerFile), JSON.stringify(owner))
}

/** Makes a directory in a run's directory that the server may write. */
export async function makeServerDirectory(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  const account = await serverAccount()
  if (account) await chown(path, account.uid, account.gid)
  return path
}

/**
 * Hands a run's directory to nobody, so that it outlives this process until somebody cleans it on purpose. Of what is
 * in it, `names` stay; all else goes with the run.
 */
export async function keepRunDirectory(path: string, names: readonly string[]): Promise<void> {
  await writeFile(join(path, ownerFile), JSON.stringify({ pid: null, identity: 'kept', names }))
}

async function removeUnlessKept(path: string): Promise<void> {
  const kept = await readKeptNames(path)
  const names = kept === undefined ? ['.'] : (await readdir(path)).filter((name) => !kept.includes(name))
  for (const name of names) await rm(join(path, name), { recursive: true, force: true, maxRetries: 3 })
}

async function readKeptNames(path: string): Promise<string[] | undefined> {
  if ((await ownerOf(path)) !== 'kept') return undefined
  const { names } = JSON.parse(await readFile(join(path, ownerFile), 'utf8')) as { names: string[] }
  return [...names, ownerFile]
}

/**
 * Whether the run that made the directory is over: `gone` may be swept, `kept` only on purpose. One without an owner's
 * name is `alive` while it may be about to get it, or about to go: not where its own name has a process id that nobody has.
 */
export async function ownerOf(path: string): Promise<'alive' | 'gone' | 'kept' | 'foreign'> {
  let owner: { pid: number | null; identity: string }
  try {
    owner = JSON.parse(await readFile(join(path, ownerFile), 'utf8')) as typeof owner
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Where we may not look, it is another user's, and not ours to sweep.
    if (code === 'EACCES') return 'foreign'
    if (error instanceof SyntaxError || code === 'ENOENT') return isNameless(path)
    throw error
  }
  if (owner.pid === null) return 'kept'
  return (await processIdentity(owner.pid)) === owner.identity ? 'alive' : 'gone'
}

async function isNameless(path: string): Promise<'alive' | 'gone'> {
  const pid = /-(\d+)-[^-/]+$/.exec(path)?.[1]
  if (pid !== undefined && (await processIdentity(Number(pid))) === undefined) return 'gone'
  return isRecent(path)
}

async function isRecent(path: string): Promise<'alive' | 'gone'> {
  try {
    return Date.now() - (await stat(path)).mtimeMs < namelessMs ? 'alive' : 'gone'
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'gone'
    throw error
  }
}
