/** Codes of every fault that the harness itself reports. Stable: scripts may branch on them. */
export type RehearsalErrorCode =
  | 'CONFIG_INVALID'
  | 'OPTION_REFUSED'
  | 'VITEST_MISSING'
  | 'BINARIES_MISSING'
  | 'CLUSTER_FAILED'
  | 'CACHE_FAILED'
  | 'DISK_SHORT'
  | 'CLONE_FAILED'
  | 'GUARD_COUNT'
  | 'RELEASE_UNREADABLE'
  | 'RELEASE_REFUSED'
  | 'EXECUTOR_FAILED'
  | 'QUERY_FAILED'
  | 'MEASURE_UNKNOWN'
  | 'MEASURE_INVALID'
  | 'CATALOG_UNKNOWN'
  | 'CANARY_ACCEPTED'
  | 'READER_MAY_WRITE'
  | 'READER_LACKS_RIGHTS'
  | 'STATEMENT_REFUSED'
  | 'CONTROL_FAILED'
  | 'STAGE_UNREACHABLE'
  | 'SPEC_INVALID'
  | 'EVIDENCE_INVALID'
  | 'INTERRUPTED'

/** A fault as reported to people: what happened, with the actual value, and in `hint` what to do next. */
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

/**
 * The message, hint and causes of any thrown value, one line each: the form in which people read it. Where several
 * errors were thrown together, such as one by the clean-up after another, all of them are included.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (isSuppressedError(error)) return [error.suppressed, error.error].map(describeError).join('\n')
  if (error instanceof AggregateError) return error.errors.map(describeError).join('\n')
  const { hint } = error as { hint?: unknown }
  const lines = [error.message]
  if (typeof hint === 'string') lines.push(`hint: ${hint}`)
  if (error.cause !== undefined) lines.push(`caused by: ${describeError(error.cause)}`)
  return lines.join('\n')
}

/** What `await using` throws where the disposal fails after the body did; Node 20 has no class for it. */
function isSuppressedError(error: Error): error is Error & { suppressed: unknown; error: unknown } {
  return error.name === 'SuppressedError' && 'suppressed' in error && 'error' in error
}
