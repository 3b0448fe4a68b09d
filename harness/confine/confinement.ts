import { access } from 'node:fs/promises'
import type { Account } from '../cluster/account.ts'
import { describeError } from '../errors.ts'
import { runProgram } from '../postgres/run-program.ts'

/** A program with its arguments, and the account under which it is started. */
export interface Command extends Partial<Account> {
  readonly program: string
  readonly args: readonly string[]
}

/**
 * Starts programs in Linux namespaces of their own (namespaces(7)): without a network, and where given directories are
 * empty. `unavailable` says why this machine does not let us, and then nothing is confined.
 */
export interface Confinement {
  /** Directories that a confined program finds empty. */
  readonly hidden: readonly string[]
  readonly unavailable: string | null
  /** A server: it sees no process but its own either, and all that it started ends with it. */
  server(command: Command): Command
  /** A client that is started by us and has its own process id, so that it can be signalled. */
  client(command: Command): Command
}

const namespaces = ['--net', '--mount', '--ipc']
// Everything within ends with its first process, and that one with the program that waits for it outside.
const ownProcesses = ['--pid', '--fork', '--mount-proc', '--kill-child']

const hideThenRun = `
set -e
while [ "$1" != -- ]; do
  mount -t tmpfs -o ro,mode=0555,size=4k dress-rehearsal "$1"
  shift
done
shift
exec "$@"`

/** Finds out whether this machine lets us confine. Those directories count that are there. */
export async function findConfinement(directories: readonly string[]): Promise<Confinement> {
  const hidden: string[] = []
  for (const directory of directories) if (await exists(directory)) hidden.push(directory)
  const confine = (outer: readonly string[], command: Command): Command => wrap(hidden, outer, command)
  const confinement: Confinement = {
    hidden,
    unavailable: null,
    server: (command) => confine([...namespaces, ...ownProcesses], command),
    client: (command) => confine(namespaces, command),
  }
  const unavailable = await tryOut(confinement)
  if (unavailable === undefined) return confinement
  return { hidden: [], unavailable, server: (command) => command, client: (command) => command }
}

function wrap(hidden: readonly string[], outer: readonly string[], command: Command): Command {
  const inner = process.getuid?.() === 0 ? dropPrivileges(command) : mapUserBack()
  const asRoot = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']
  const cover = ['sh', '-c', hideThenRun, 'sh', ...hidden, '--']
  return {
    program: 'unshare',
    args: [...asRoot, ...outer, '--', ...cover, ...inner, command.program, ...command.args],
  }
}

/** Root that stays root keeps one right, to open what belongs to the server's account; it cannot undo the confinement. */
function dropPrivileges({ uid, gid }: Command): string[] {
  const account = uid === undefined ? [] : [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  return [
    'setpriv',
    ...account,
    '--bounding-set=-all,+dac_override',
    '--inh-caps=-all',
    '--no-new-privs',
    '--',
  ]
}

/** Whoever had to become root of a namespace to make it is themselves again within a further one. */
function mapUserBack(): string[] {
  const [uid, gid] = [process.getuid!(), process.getgid!()]
  return ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--']
}

async function tryOut(confinement: Confinement): Promise<string | undefined> {
  if (process.platform !== 'linux') return `${process.platform} has no namespaces`
  for (const { program, args } of [confinement.server, confinement.client].map((confine) =>
    confine({ program: 'true', args: [] }),
  )) {
    try {
      await runProgram(program, args)
    } catch (error) {
      return describeError(error)
    }
  }
  return undefined
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
