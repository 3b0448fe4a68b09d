/** Codes of every fault that the harness itself reports. Stable: scripts may branch on them. */
export type RehearsalErrorCode =
  | 'CONFIG_INVALID'
  | 'OPTION_REFUSED'
  | 'BINARIES_MISSING'
  | 'CLUSTER_FAILED'
  | 'CACHE_FAILED'
  | 'DISK_SHORT'
  | 'CLONE_FAILED'
  | 'GUARD_COUNT'
  | 'RELEASE_UNREADABLE'
  | 'EXECUTOR_FAILED'
  | 'QUERY_FAILED'
  | 'MEASURE_UNKNOWN'
  | 'MEASURE_INVALID'
  | 'CANARY_ACCEPTED'
  | 'STAGE_UNREACHABLE'
  | 'SPEC_INVALID'
  | 'EVIDENCE_INVALID'
  | 'INTERRUPTED'

/** A fault told to a person: what happened with the actual value, and in `hint` the next thing to do. */
export class RehearsalError extends Error {
  readonly code: RehearsalErrorCode
  readonly hint: string | undefined
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: RehearsalErrorCode,
    message: string,
    options: { hint?: string; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.name = 'RehearsalError'
    this.code = code
    this.hint = options.hint
    this.details = options.details ?? {}
  }
}

/** The message, hint and causes of any thrown value, one line each: the form in which people read it. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const lines = [error.message]
  if (error instanceof RehearsalError && error.hint !== undefined) lines.push(`hint: ${error.hint}`)
  if (error.cause !== undefined) lines.push(`caused by: ${describeError(error.cause)}`)
  return lines.join('\n')
}
