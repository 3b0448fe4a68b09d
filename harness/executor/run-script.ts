import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import type { Confinement } from '../confinement/confinement.ts'
import { RehearsalError } from '../errors.ts'
import type { Notice } from '../evidence/schema.ts'
import type { Connection } from '../postgres/connection.ts'
import { endPsql } from './end-psql.ts'
import { readPsqlMessages, type PsqlError } from './psql-messages.ts'
import { startPsql } from './psql-process.ts'

interface ScriptSettings {
  /** Path of the psql program. */
  readonly psql: string
  /** Paths in notices and errors are relative to it; a `text` runs in it. */
  readonly directory: string
  readonly connection: Connection
  readonly variables?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
  readonly confinement?: Confinement | undefined
}

/** A script of the directory, run in the script's own folder; or a text, given on standard input. */
export type Script = ScriptSettings & ({ readonly file: string } | { readonly text: string })

export interface ScriptResult {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  readonly notices: readonly Notice[]
  /** The last error reported, also where the script went on after it. */
  readonly error: PsqlError | null
  readonly durationMs: number
}

/**
 * Runs a script to its end in one fresh psql that stops at the first error. A script that fails is a result, not a
 * throw; throws EXECUTOR_FAILED where psql could not start, INTERRUPTED where the signal ended it.
 */
export async function runScript(script: Script): Promise<ScriptResult> {
  const file = 'file' in script ? script.file : null
  throwIfInterrupted(script.signal, file)
  const startedAt = performance.now()
  const psql = startPsql({
    psql: script.psql,
    directory: script.directory,
    file,
    source: file === null ? '-' : basename(file),
    connection: script.connection,
    variables: script.variables,
    confinement: script.confinement,
  })
  const stop = () => void endPsql(psql, { isWaiting: false })
  script.signal?.addEventListener('abort', stop, { once: true })
  try {
    const readStdout = collect(psql.child.stdout)
    const readStderr = collect(psql.child.stderr)
    psql.child.stdin?.end('text' in script ? script.text : '')
    const end = await psql.ended
    const stdout = readStdout()
    const stderr = readStderr()
    throwIfInterrupted(script.signal, file)
    return {
      ...end,
      stdout,
      stderr,
      ...readPsqlMessages(stderr, psql.toFile),
      durationMs: performance.now() - startedAt,
    }
  } finally {
    script.signal?.removeEventListener('abort', stop)
  }
}

/** What the stream has given until the returned function is called. */
function collect(stream: Readable | null): () => string {
  const chunks: Buffer[] = []
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk))
  return () => Buffer.concat(chunks).toString()
}

function throwIfInterrupted(signal: AbortSignal | undefined, file: string | null): void {
  if (signal?.aborted !== true) return
  throw new RehearsalError('INTERRUPTED', `${file ?? 'a script'} was interrupted`, { cause: signal.reason })
}
