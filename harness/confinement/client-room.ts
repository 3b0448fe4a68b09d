import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { RehearsalError } from '../errors.ts'
import { signalChild, startChild, type Command } from '../process/child.ts'

/** Namespaces with a process that keeps them, so that clients need not make some of their own at each start. */
export interface ClientRoom extends AsyncDisposable {
  /** The process that keeps them. Throws CLUSTER_FAILED once it has ended: its number may be another's then. */
  readonly keeper: () => number
}

/** Runs a command that makes the namespaces and then starts what is given to it, which keeps them until it ends. */
export async function openClientRoom(makeNamespaces: (command: Command) => Command): Promise<ClientRoom> {
  // It ends with its standard input, and so with this process, however that ends.
  const keeper = { program: 'sh', args: ['-c', 'echo ready; exec cat'] }
  const { program, args } = makeNamespaces(keeper)
  const child = startChild(program, args, { cwd: '/', stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = waitForEnd(child)
  const errors = text(child.stderr!)
  await Promise.race([once(child.stdout!, 'data'), ended])
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
    throw new RehearsalError(
      'CLUSTER_FAILED',
      `namespaces cannot be created: ${await ended}: ${await errors}`,
    )
  }
  return {
    keeper() {
      if (child.exitCode === null && child.signalCode === null) return child.pid!
      throw new RehearsalError('CLUSTER_FAILED', 'the process that keeps the namespaces of psql has ended')
    },
    async [Symbol.asyncDispose]() {
      signalChild(child, 'SIGKILL')
      await ended
    },
  }
}

function waitForEnd(child: ChildProcess): Promise<string> {
  // Whoever ends it closes the stream.
  child.stdin?.on('error', () => undefined)
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => resolve(signal ?? `exit ${code}`))
  })
}
