import type { SpawnOptions } from 'node:child_process'
import { basename } from 'node:path'
import { text } from 'node:stream/consumers'
import { RehearsalError } from '../errors.ts'
import { signalChild, startChild } from './child.ts'

/** Runs a program to its end and returns what it printed; throws with its own message where it fails. */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: Pick<SpawnOptions, 'env' | 'uid' | 'gid' | 'cwd'> & { signal?: AbortSignal | undefined } = {},
): Promise<string> {
  const { signal, ...spawnOptions } = options
  signal?.throwIfAborted()
  const child = startChild(program, args, { ...spawnOptions, stdio: ['ignore', 'pipe', 'pipe'] })
  const stop = () => signalChild(child, 'SIGTERM')
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const [stdout, stderr, end] = await Promise.all([
      child.stdout === null ? '' : text(child.stdout),
      child.stderr === null ? '' : text(child.stderr),
      new Promise<string>((resolve, reject) => {
        child.once('error', reject)
        child.once('close', (code, name) => resolve(code === 0 ? 'ok' : (name ?? `exit ${code}`)))
      }),
    ])
    signal?.throwIfAborted()
    if (end !== 'ok') {
      throw new RehearsalError('CLUSTER_FAILED', `${basename(program)} failed (${end}): ${stderr.trim()}`, {
        details: { program, args, stdout, stderr },
      })
    }
    return stdout
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}
