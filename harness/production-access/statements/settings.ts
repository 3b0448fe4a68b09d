import { pinnedValues } from '../../postgres/pinned-settings.ts'

/** Settings of a session that decide how it reads and how long it waits, and nothing else. */
const harmless = new Set([
  ...Object.keys(pinnedValues).map((name) => name.toLowerCase()),
  'lock_timeout',
  'statement_timeout',
  'idle_in_transaction_session_timeout',
  'jit',
  'max_parallel_workers_per_gather',
])

/** Whether a session that reads production may set it. */
export function isHarmlessSetting(name: string): boolean {
  return harmless.has(name.toLowerCase()) || /^enable_\w+$/i.test(name)
}

/** An argument of a call, as the parser gives it. */
export interface Argument {
  readonly A_Const?: {
    readonly sval?: { readonly sval?: string }
    readonly boolval?: { readonly boolval?: boolean }
  }
  readonly ParamRef?: unknown
}

/** set_config may set what SET LOCAL may, for the transaction only; a name that is a parameter is the harness's own to give. */
export function judgeSetConfig(args: readonly Argument[]): { fault: string | null; own: string | null } {
  const [name, , isLocal] = args
  if (isLocal?.A_Const?.boolval?.boolval !== true) {
    return { fault: 'it calls set_config for the whole session, not for its transaction', own: null }
  }
  if (name?.ParamRef !== undefined) return { fault: null, own: 'it sets a setting that a parameter names' }
  const setting = name?.A_Const?.sval?.sval ?? 'what it computes'
  return { fault: isHarmlessSetting(setting) ? null : `it calls set_config for ${setting}`, own: null }
}
