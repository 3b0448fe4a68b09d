import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { ChildProcess } from 'node:child_process'
import { RehearsalError } from '../../errors.ts'
import type { PostgresInstallation } from '../../cluster/find-binaries.mjs'
import { signalChild, startChild } from '../../process/child.ts'
import { toEnvironment } from '../../postgres/environment.ts'
import { type Connection } from '../../postgres/connection.ts'
import { runProgram } from '../../process/run-program.ts'

export interface Transfer {
  readonly installation: PostgresInstallation
  readonly source: Connection
  readonly target: Connection
  /** Name of an exported snapshot of the source, whose state is dumped. */
  readonly snapshot?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * `pg_dump --no-owner --no-acl SOURCE | psql TARGET`, streaming: nothing is written in between. psql stops at its
 * first error. Throws CLONE_FAILED with the message of the side that failed.
 */
export async function streamClone({
  installation,
  source,
  target,
  snapshot,
  signal,
}: Transfer): Promise<void> {
  signal?.throwIfAborted()
  const dump = startSide(
    join(installation.directory, 'pg_dump'),
    ['--no-owner', '--no-acl', ...(snapshot === undefined ? [] : [`--snapshot=${snapshot}`])],
    source,
  )
  const restore = startSide(
    join(installation.directory, 'psql'),
    ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-f', '-'],
    target,
  )
  const stop = () => [dump, restore].forEach(({ child }) => signalChild(child, 'SIGTERM'))
  signal?.addEventListener('abort', stop, { once: true })
  try {
    const piped = pipeline(dump.child.stdout!, restore.child.stdin!).then(
      () => undefined,
      (error: Error) => error,
    )
    dump.ended.then((end) => end.ok || signalChild(restore.child, 'SIGTERM'), stop)
    const [dumped, restored, broken] = await Promise.all([dump.ended, restore.ended, piped])
    signal?.throwIfAborted()
    // psql that ends early breaks pg_dump's pipe, and a dump that fails ends psql: the one that failed first gives the
    // reason.
    const failed =
      [dumped, restored].find(({ ok, isOurs }) => !ok && !isOurs) ?? [dumped, restored].find(({ ok }) => !ok)
    if (failed)
      throw new RehearsalError('CLONE_FAILED', `${failed.program} failed (${failed.how}): ${failed.message}`)
    if (broken)
      throw new RehearsalError('CLONE_FAILED', 'the pipe from pg_dump to psql broke', { cause: broken })
  } finally {
    signal?.removeEventListener('abort', stop)
    stop()
  }
}

/** `pg_dump -Fc` of a database into a file, lightly compressed. */
export async function dumpToFile(
  installation: PostgresInstallation,
  source: Connection,
  file: string,
  signal?: AbortSignal,
): Promise<void> {
  const program = join(installation.directory, 'pg_dump')
  const args = ['-Fc', '-Z', '1', '-f', file]
  await runProgram(program, args, { env: toEnvironment(source, [program, ...args]), signal })
}

/** `pg_restore` of such a file into an empty database; stops at the first error. */
export async function restoreFromFile(
  installation: PostgresInstallation,
  file: string,
  target: Connection,
  signal?: AbortSignal,
): Promise<void> {
  const program = join(installation.directory, 'pg_restore')
  const args = ['--exit-on-error', '--no-owner', '--no-acl', '--jobs=2', '-d', target.database, file]
  await runProgram(program, args, { env: toEnvironment(target, [program, ...args]), signal })
}

interface Ending {
  readonly program: string
  readonly ok: boolean
  readonly how: string
  readonly message: string
  /** Ended by a signal or a broken pipe, not by itself. */
  readonly isOurs: boolean
}

function startSide(
  program: string,
  args: string[],
  connection: Connection,
): { child: ChildProcess; ended: Promise<Ending> } {
  const child = startChild(program, args, {
    env: toEnvironment(connection, [program, ...args]),
    stdio: 'pipe',
  })
  const messages = text(child.stderr!)
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once('error', (cause) => {
      reject(new RehearsalError('CLONE_FAILED', `${program} could not be started`, { cause }))
    })
    child.once('close', (code, signal) => {
      messages.then((stderr) => {
        const isOurs = signal !== null || /could not write to output file|broken pipe/i.test(stderr)
        resolve({
          program: basename(program),
          ok: code === 0,
          how: signal ?? `exit ${code}`,
          message: stderr.trim(),
          isOurs,
        })
      }, reject)
    })
  })
  return { child, ended }
}
