import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Confinement } from '../confinement/confinement.ts'
import { RehearsalError } from '../errors.ts'
import { signalChild, startChild } from '../process/child.ts'
import { toEnvironment } from '../postgres/environment.ts'
import { type Connection } from '../postgres/connection.ts'

export interface PsqlEnd {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
}

export interface PsqlProcess {
  readonly child: ChildProcess
  /** Settles when psql has ended and its output is read; rejects with EXECUTOR_FAILED where it could not start. */
  readonly ended: Promise<PsqlEnd>
  isEnded(): boolean
  /** A file as psql names it, relative to the directory; null for a text on standard input. */
  toFile(name: string): string | null
}

export interface PsqlSettings {
  readonly psql: string
  readonly directory: string
  /** The script, relative to the directory: psql runs in its folder. Null for a text without a file. */
  readonly file: string | null
  /** What `-f` names: the script by its path in that folder, or `-` for standard input. */
  readonly source: string
  readonly connection: Connection
  readonly variables?: Readonly<Record<string, string>> | undefined
  /** A fourth stream, file descriptor 3 in psql and in what it starts. */
  readonly hasBreakpoints?: boolean
  /** What psql and all that it starts cannot get out of. */
  readonly confinement?: Confinement | undefined
}

const outputGraceMs = 1_000

/** Starts one fresh psql: no startup file, stops at the first error, never asks for a password. */
export function startPsql(settings: PsqlSettings): PsqlProcess {
  const { file, directory, source } = settings
  const folder = file === null ? resolve(directory) : dirname(resolve(directory, file))
  const variables = Object.entries({ ...settings.variables, ON_ERROR_STOP: '1', VERBOSITY: 'verbose' })
  const args = ['-X', '-w', ...variables.flatMap(([name, value]) => ['-v', `${name}=${value}`]), '-f', source]
  const bare = { program: settings.psql, args }
  const command = settings.confinement?.client(bare, folder) ?? bare
  const child = startChild(command.program, command.args, {
    cwd: folder,
    env: toEnvironment(settings.connection, [settings.psql, ...args]),
    stdio: ['pipe', 'pipe', 'pipe', settings.hasBreakpoints === true ? 'pipe' : 'ignore'],
  })
  // psql may end before it has read all: its exit gives the reason, not the broken pipe.
  for (const stream of [child.stdin, child.stdio[3]]) stream?.on('error', () => undefined)
  let isEnded = false
  const ended = waitForEnd(settings, child).finally(() => {
    isEnded = true
  })
  // Whoever awaits it gets the fault; nobody may be waiting yet.
  ended.catch(() => undefined)
  return {
    child,
    ended,
    isEnded: () => isEnded,
    toFile(name) {
      if (name === '<stdin>') return file
      const path = relative(resolve(directory), resolve(folder, name))
      return isAbsolute(path) || path.startsWith('..') ? resolve(folder, name) : path.replaceAll(sep, '/')
    },
  }
}

/** The end of psql; a program that it left behind with its output does not delay that for ever. */
async function waitForEnd(settings: PsqlSettings, child: ChildProcess): Promise<PsqlEnd> {
  const closed = once(child, 'close')
  try {
    const [exitCode, signal] = (await Promise.race([once(child, 'exit'), closed])) as [
      number | null,
      NodeJS.Signals | null,
    ]
    const isClosed = await Promise.race([closed, pause(outputGraceMs, false, { ref: false })])
    if (isClosed === false) {
      signalChild(child, 'SIGKILL')
      child.stdout?.destroy()
      child.stderr?.destroy()
    }
    return { exitCode, signal }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    throw new RehearsalError(
      'EXECUTOR_FAILED',
      `cannot start psql (${settings.psql}): ${String(code ?? cause)}`,
      {
        hint: `check that ${settings.psql} is an executable file and ${settings.directory} a directory`,
        details: { psql: settings.psql, directory: settings.directory },
        cause,
      },
    )
  }
}
