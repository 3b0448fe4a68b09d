import type { Notice } from '../evidence/schema.ts'
import type { Connection } from '../postgres/connection.ts'
import type { PsqlError } from './psql-messages.ts'

interface ScriptSettings {
  /** Path of the psql program. */
  readonly psql: string
  /** Paths in notices and errors are relative to it; a `text` runs in it. */
  readonly directory: string
  readonly connection: Connection
  readonly variables?: Readonly<Record<string, string>>
  /** Instead of the connection's database. */
  readonly database?: string
  readonly signal?: AbortSignal
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

export async function runScript(_script: Script): Promise<ScriptResult> {
  throw new Error('to come')
}
