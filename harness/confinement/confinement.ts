import { access } from 'node:fs/promises'
import { describeError } from '../errors.ts'
import type { Command } from '../process/child.ts'
import { runProgram } from '../process/run-program.ts'
import { openClientRoom, type ClientRoom } from './client-room.ts'

/**
 * Starts programs in Linux namespaces of their own (namespaces(7)): without a network, and where given directories are
 * empty. `unavailable` says why this machine does not let us, and then nothing is confined. Disposing of it ends the
 * process that keeps the clients' namespaces.
 */
export interface Confinement extends AsyncDisposable {
  readonly unavailable: string | null
  /** A server: it sees no process but its own either, and all that it started ends with it. */
  server(command: Command): Command
  /**
   * A client that is started by us in a directory and has its own process id, so that it can be signalled. No file
   * system lets it write, but for devices, unless `clientsWrite` said so. All clients share their namespaces.
   */
  client(command: Command, directory: string): Command
}

const namespaces = ['--net', '--mount', '--ipc']
// Everything within ends with its first process, and that one with the program that waits for it outside.
const ownProcesses = ['--pid', '--fork', '--mount-proc', '--kill-child']

const hide = `
set -e
while [ "$1" != -- ]; do
  mount -t tmpfs -o ro,mode=0555,size=4k dress-rehearsal "$1"
  shift
done
shift`

// A mount that cannot be found by its path, since another lies over it, cannot be written to by one either.
const forbidWriting = `
while read -r _ _ _ _ target options _; do
  case ",$options," in *,ro,*) continue ;; esac
  case "$target" in
    /proc|/proc/*|/sys|/sys/*|/dev|/dev/pts) continue ;;
    *\\\\*) target=$(printf %b "$target") ;;
  esac
  told=$(mount -o remount,bind,ro "$target" 2>&1) || {
    mountpoint -q "$target" || continue
    echo "$told" >&2
    exit 1
  }
done < /proc/self/mountinfo`

export interface ConfinementSettings {
  /** Whether clients may write files; default: false. */
  readonly clientsWrite?: boolean
}

/** Finds out whether this machine lets us confine. Those directories count that are there. */
export async function findConfinement(
  directories: readonly string[],
  { clientsWrite = false }: ConfinementSettings = {},
): Promise<Confinement> {
  const hidden: string[] = []
  for (const directory of directories) if (await exists(directory)) hidden.push(directory)
  try {
    return await confineFrom(hidden, clientsWrite)
  } catch (error) {
    return {
      unavailable: describeError(error),
      server: (command) => command,
      client: (command) => command,
      [Symbol.asyncDispose]: () => Promise.resolve(),
    }
  }
}

/** Throws with the reason where this machine does not let us. */
async function confineFrom(hidden: readonly string[], clientsWrite: boolean): Promise<Confinement> {
  if (process.platform !== 'linux') throw new Error(`${process.platform} has no namespaces`)
  const asRoot = isRoot() ? [] : ['--user', '--map-root-user']
  const make = (outer: readonly string[], steps: readonly string[], { program, args }: Command): Command => {
    const cover = ['sh', '-c', [...steps, 'exec "$@"'].join('\n'), 'sh', ...hidden, '--']
    return { program: 'unshare', args: [...asRoot, ...outer, '--', ...cover, program, ...args] }
  }
  const room = await openClientRoom((command) =>
    make(namespaces, clientsWrite ? [hide] : [hide, forbidWriting], command),
  )
  const confinement: Confinement = {
    unavailable: null,
    server: (command) => make([...namespaces, ...ownProcesses], [hide], withoutPrivileges(command)),
    client: (command, directory) => enter(room, withoutPrivileges(command), directory),
    [Symbol.asyncDispose]: () => room[Symbol.asyncDispose](),
  }
  try {
    const nothing = { program: 'true', args: [] }
    for (const { program, args } of [confinement.server(nothing), confinement.client(nothing, '/')])
      await runProgram(program, args)
    return confinement
  } catch (error) {
    await room[Symbol.asyncDispose]()
    throw error
  }
}

/** The directory is entered within: outside, it may be one that can be written to. */
function enter({ keeper }: ClientRoom, { program, args }: Command, directory: string): Command {
  const user = isRoot() ? [] : ['--user', '--preserve-credentials']
  const goThere = ['sh', '-c', 'cd -- "$1" && shift && unset OLDPWD && exec "$@"', 'sh', directory]
  return {
    program: 'nsenter',
    args: [`--target=${keeper()}`, ...user, ...namespaces, '--', ...goThere, program, ...args],
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0
}

function withoutPrivileges(command: Command): Command {
  const [program, ...args] = isRoot() ? dropPrivileges(command) : mapUserBack()
  return { program: program!, args: [...args, command.program, ...command.args] }
}

/**
 * Root that stays root keeps one right, to open what belongs to the server's account; it cannot undo the confinement.
 */
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

/** A user who had to become root of a namespace to create it is an ordinary user again in a further one. */
function mapUserBack(): string[] {
  const [uid, gid] = [process.getuid!(), process.getgid!()]
  return ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--']
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
