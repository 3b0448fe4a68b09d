import { RehearsalError } from '../errors.ts'
import type { PsqlError } from './psql-messages.ts'
import type { ScriptResult } from './run-script.ts'

/** An error as a person wants it: message, SQLSTATE, file and line, then detail and hint on lines of their own. */
export function describePsqlError(error: PsqlError): string {
  const where = error.file === null ? '' : ` at ${error.file}:${error.line}`
  const state = error.sqlstate === null ? '' : ` (SQLSTATE ${error.sqlstate})`
  return [
    `${error.message}${state}${where}`,
    ...(error.detail === null ? [] : [`detail: ${error.detail}`]),
    ...(error.hint === null ? [] : [`hint: ${error.hint}`]),
  ].join('\n')
}

/** Why a script did not run to its end without an error, or undefined where it did. */
export function describeFailure({ exitCode, signal, error, stderr }: ScriptResult): string | undefined {
  if (exitCode === 0 && error === null) return undefined
  const how = signal ?? `psql exit ${exitCode}`
  return `${how}: ${error === null ? stderr.trim() : describePsqlError(error)}`
}

/**
 * psql's exit status where an error of the script stopped it (psql manual, "Exit Status"): a refusal. 1 and 2 are
 * troubles of psql's own, such as a file that is missing or a connection that broke, and refuse nothing.
 */
export const scriptErrorExit = 3

/** Throws EXECUTOR_FAILED where a script reported an error, also where psql went on after it. */
export function requireSuccess(what: string, result: ScriptResult): void {
  const failure = describeFailure(result)
  if (failure === undefined) return
  throw new RehearsalError('EXECUTOR_FAILED', `${what} failed: ${failure}`, {
    details: { error: result.error },
  })
}
