import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { Executor, Target } from '../../harness/executor/executor.ts'
import { readPsqlMessages } from '../../harness/executor/psql-messages.ts'
import type { ScriptResult } from '../../harness/executor/run-script.ts'
import type { SteppedRun } from '../../harness/executor/leg.ts'
import { toEnvironment } from '../../harness/postgres/environment.ts'
import { startChild } from '../../harness/process/child.ts'

/** A command line, as a deployment script has it; it cannot be held between tiers. */
export const shellExecutor: Executor = {
  id: 'shell',
  canStep: false,
  matches: () => true,
  start: ({ script }, on) => Promise.resolve(asOneStep(() => runCommand(on, script))),
  run: ({ script }, { connection, ...on }, options) =>
    runCommand(
      { ...on, connection: options === undefined ? connection : { ...connection, options } },
      script,
    ),
  rollBack: ({ rollback }, on) => runCommand(on, rollback!),
}

async function runCommand(
  { psql, directory, connection, confinement }: Target,
  file: string,
): Promise<ScriptResult> {
  const startedAt = performance.now()
  const args = ['-c', `cat "${file}" | "${psql}" -X -v ON_ERROR_STOP=1 -f -`]
  const { program, args: confined } = confinement?.client({ program: '/bin/sh', args }, directory) ?? {
    program: '/bin/sh',
    args,
  }
  const child = startChild(program, confined, {
    cwd: directory,
    env: toEnvironment(connection, [psql, '-f', file]),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [exitCode, signal]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
  ])
  const durationMs = performance.now() - startedAt
  return { exitCode, signal, stdout, stderr, ...readPsqlMessages(stderr, () => file), durationMs }
}

/** A run whose first step is all of it. */
function asOneStep(apply: () => Promise<ScriptResult>): SteppedRun {
  const end = async () => {
    const { stdout: output, ...result } = await apply()
    return { ...result, kind: 'exited' as const, output, tier: null, skipped: [] }
  }
  return { next: end, finish: end, [Symbol.asyncDispose]: () => Promise.resolve() }
}
