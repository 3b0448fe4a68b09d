import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'

/** A program with its arguments, and the account under which it is started, where that is another one. */
export interface Command {
  readonly program: string
  readonly args: readonly string[]
  readonly uid?: number
  readonly gid?: number
}

const living = new Set<ChildProcess>()

/**
 * Starts a program in a process group of its own, so that it and its children can be ended together and a
 * terminal's Ctrl-C reaches only us, who end it in order. Every group still alive is killed when we exit.
 */
export function startChild(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(program, args, { ...options, detached: true })
  living.add(child)
  child.once('close', () => living.delete(child))
  child.once('error', () => living.delete(child))
  return child
}

/** Signals the whole process group; does nothing where it has ended. */
export function signalChild(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Lets a child outlive us. */
export function releaseChild(child: ChildProcess): void {
  living.delete(child)
  child.unref()
}

process.on('exit', () => {
  for (const child of living) signalChild(child, 'SIGKILL')
})
