import { isKeyword, nameOf, type Code } from './code.ts'
import type { EscapeName } from './escape-names.ts'

/** Functions that are a way out, in whatever schema they stand. */
const functions: readonly (readonly [EscapeName, RegExp])[] = [
  [
    'server-file',
    /^(pg_read_(binary_)?file|pg_ls_\w*dir|pg_stat_file|pg_file_\w+|pg_logdir_ls|lo_import|lo_export)$/,
  ],
  ['other-server', /^(dblink(_\w+)?|postgres_fdw_\w+)$/],
  ['http', /^(http|http_(get|post|put|patch|delete|head|request|collect_response))$/],
  [
    'replication',
    /^(pg_(create|copy)_(physical|logical)_replication_slot|pg_drop_replication_slot|pg_replication_slot_advance|pg_logical_(emit_message|slot_(get|peek)_\w+)|pg_replication_origin_\w+)$/,
  ],
  ['alter-system', /^(pg_reload_conf|pg_rotate_logfile|pg_promote|pg_switch_wal|pg_create_restore_point)$/],
  ['other-session', /^(pg_terminate_backend|pg_cancel_backend)$/],
]

/** The way out that a call of a function at the token is; undefined for any other token. */
export function findFunctionEscape({ tokens }: Code, index: number): EscapeName | undefined {
  if (tokens[index + 1]?.text !== '(') return undefined
  const name = nameOf(tokens[index])
  const way = name === undefined ? undefined : functions.find(([, pattern]) => pattern.test(name))?.[0]
  return way === undefined || isOnlyNamed({ tokens }, index) ? undefined : way
}

/** GRANT, REVOKE, COMMENT and DROP name a function, and call none; `EXECUTE FUNCTION` of a trigger will call it. */
function isOnlyNamed({ tokens }: Pick<Code, 'tokens'>, index: number): boolean {
  const first = tokens[index - 1]?.text === '.' ? index - 2 : index
  return (
    isKeyword(tokens[first - 1], 'function', 'routine', 'procedure') &&
    !isKeyword(tokens[first - 2], 'execute')
  )
}
