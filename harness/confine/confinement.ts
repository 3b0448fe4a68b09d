import { access } from 'node:fs/promises'
import { describeError } from '../errors.ts'
import type { Command } from '../postgres/child.ts'
import { runProgram } from '../postgres/run-program.ts'

/**
 * Starts programs in Linux namespaces of their own (namespaces(7)): without a network, and where given directories are
 * empty. `unavailable` says why this machine does not let us, and then nothing is confined.
 */
export interface Confinement {
  readonly unavailable: string | null
  /** A server: it sees no process but its own either, and all that it started ends with it. */
  server(command: Command): Command
  /**
   * A client that is started by us and has its own process id, so that it can be signalled. No file system lets it
   * write, but for devices, unless `clientsWrite` said so.
   */
  client(command: Command): Command
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
  const confine = (outer: readonly string[], steps: readonly string[], command: Command): Command =>
    wrap([...steps, 'exec "$@"'].join('\n'), hidden, outer, command)
  const confinement: Confinement = {
    unavailable: null,
    server: (command) => confine([...namespaces, ...ownProcesses], [hide], command),
    client: (command) => confine(namespaces, clientsWrite ? [hide] : [hide, forbidWriting], command),
  }
  const unavailable = await tryOut(confinement)
  if (unavailable === undefined) return confinement
  return { unavailable, server: (command) => command, client: (command) => command }
}

/** `script` is given the hidden directories, `--`, and what is to be run, and ends by running it. */
function wrap(
  script: string,
  hidden: readonly string[],
  outer: readonly string[],
  command: Command,
): Command {
  const inner = process.getuid?.() === 0 ? dropPrivileges(command) : mapUserBack()
  const asRoot = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']
  const cover = ['sh', '-c', script, 'sh', ...hidden, '--']
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
