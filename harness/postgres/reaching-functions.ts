/** Functions of one kind that do more than read the database in which they are called. */
export interface ReachingFunctions {
  /** Their names without a schema, as a regular expression that JavaScript and PostgreSQL read alike. */
  readonly names: string
  /** What they do, as the end of "it calls nextval, which …". */
  readonly does: string
  /** What they reach beyond the database; not given where they stay within. */
  readonly reach?: Reach
  /** Whether what they give back depends on files of the server. */
  readonly readsFiles?: true
  /**
   * Who may call them by default, of PostgreSQL's own functions. `public`: everybody, to full effect; `checked`:
   * everybody, and they ask for another right; `monitor`: members of pg_monitor. Not given: superusers alone.
   */
  readonly execute?: 'public' | 'checked' | 'monitor'
}

/** By the names of the ways out of a database. */
export type Reach =
  | 'server-file'
  | 'other-server'
  | 'http'
  | 'replication'
  | 'alter-system'
  | 'other-session'
  | 'untrusted-language'

const file = { reach: 'server-file', readsFiles: true } as const

/** The first that matches a name counts. */
export const reachingFunctions: readonly ReachingFunctions[] = [
  { names: 'pg_read_(binary_)?file|pg_file_(read|length)', does: 'reads files of the server', ...file },
  { names: 'pg_ls_dir|pg_stat_file|pg_logdir_ls', does: 'lists files of the server', ...file },
  { names: 'pg_ls_\\w+dir', does: 'lists files of the server', ...file, execute: 'monitor' },
  { names: 'lo_import', does: 'reads files of the server', ...file },
  { names: 'pg_file_\\w+|lo_export', does: 'writes files of the server', reach: 'server-file' },

  { names: 'dblink\\w*|postgres_fdw_\\w+', does: 'reaches other servers', reach: 'other-server' },
  {
    names: 'http|http_(get|post|put|patch|delete|head|request|collect_response|(set|reset|list)_curlopt)',
    does: 'reaches other servers',
    reach: 'http',
  },
  // In a script that is read by its tokens, a table has such a name more often: `http_log (…)`.
  { names: 'http_\\w+', does: 'reaches other servers' },

  {
    names: 'pg_(create|drop|copy|sync)_\\w*replication_slots?',
    does: 'makes or drops replication slots',
    reach: 'replication',
    execute: 'checked',
  },
  {
    names: 'pg_(replication_slot_advance|logical_slot_(get|peek)_\\w+)',
    does: 'moves a replication slot',
    reach: 'replication',
    execute: 'checked',
  },
  { names: 'pg_replication_origin_\\w+', does: 'changes replication origins', reach: 'replication' },
  {
    names: 'pg_logical_emit_message',
    does: 'writes into the write-ahead log',
    reach: 'replication',
    execute: 'public',
  },

  {
    names: 'pg_(create_restore_point|switch_wal)',
    does: 'writes into the write-ahead log',
    reach: 'alter-system',
  },
  {
    names:
      'pg_(reload_conf|rotate_logfile|promote|wal_replay_(pause|resume)|backup_(start|stop)|(start|stop)_backup)',
    does: 'acts on the server',
    reach: 'alter-system',
  },
  { names: 'pg_rotate_logfile_old', does: 'acts on the server', reach: 'alter-system', execute: 'checked' },
  {
    names: 'pg_stat_(reset_(shared|slru|replication_slot|subscription_stats|backend_stats)|statements_reset)',
    does: 'resets statistics of the server',
    reach: 'alter-system',
  },
  {
    names: 'pg_(terminate|cancel)_backend',
    does: 'ends what others do',
    reach: 'other-session',
    execute: 'checked',
  },

  { names: 'nextval|setval', does: 'moves a sequence', execute: 'checked' },
  { names: 'lo_creat|lo_create|lo_from_bytea', does: 'makes large objects', execute: 'public' },
  { names: 'lo_(?!get$)\\w+|loread|lowrite', does: 'opens or writes large objects', execute: 'checked' },
  { names: 'pg_current_xact_id|txid_current', does: 'takes a transaction id', execute: 'public' },
  {
    names: 'pg_(try_)?advisory_(xact_)?lock(_shared)?',
    does: 'holds a lock that others may wait for',
    execute: 'public',
  },
  { names: 'pg_(try_)?advisory_\\w+', does: 'releases locks', execute: 'checked' },
  { names: 'pg_notify', does: 'notifies other sessions', execute: 'public' },
  { names: 'pg_log_backend_memory_contexts', does: 'acts on the server' },
  { names: 'pg_import_system_collations', does: 'writes collations', execute: 'checked' },
  { names: 'pg_stat_get_\\w+_reset_time', does: 'reads when statistics were reset', execute: 'checked' },
  { names: 'pg_stat(_\\w+)?_reset(_\\w+)?', does: 'resets statistics' },
  {
    names: 'pg_(restore|clear)_(relation|attribute|extended)_stats',
    does: 'writes statistics',
    execute: 'checked',
  },
  { names: 'brin_(de)?summarize_\\w+|gin_clean_pending_list', does: 'writes indexes', execute: 'checked' },
  {
    names: 'heap_force_\\w+|pg_truncate_visibility_map|pg_extension_config_dump|binary_upgrade_\\w+',
    does: 'writes',
    execute: 'checked',
  },
  {
    names: 'query_to_xml\\w*|ts_stat|ts_rewrite|crosstab\\w*|connectby|xpath_table',
    does: 'runs a text that cannot be read here',
    execute: 'checked',
  },
]

/** Schemas of extensions whose functions act outside of the database, by what they do. */
const reachingSchemas = new Map([
  ['cron', 'plans jobs'],
  ['net', 'reaches other servers'],
])

/** The kind of a function, from its name alone; undefined for one that is not known to do more than read. */
export const findReachingFunction = findBy(reachingFunctions)

/** What a function does beyond reading, in words; undefined for one that is not known to. */
export function whatFunctionDoes(schema: string | undefined, name: string): string | undefined {
  return reachingSchemas.get(schema ?? '') ?? findReachingFunction(name)?.does
}

interface ReachingExtension {
  /** As the names of functions. */
  readonly names: string
  readonly reach: Reach
  /** Whether its functions are enough to reach it: those of a foreign data wrapper need a server as well. */
  readonly isCalled?: true
}

/** Extensions that lead out of a database; the first that matches a name counts. */
export const reachingExtensions: readonly ReachingExtension[] = [
  { names: 'adminpack', reach: 'server-file', isCalled: true },
  { names: 'file_fdw', reach: 'server-file' },
  { names: 'dblink', reach: 'other-server', isCalled: true },
  { names: 'wrappers|.+_fdw', reach: 'other-server' },
  { names: 'http|pg_net|aws_s3|aws_lambda', reach: 'http', isCalled: true },
  { names: 'plr|plsh|pljava|(.*_)?pl\\w+u', reach: 'untrusted-language' },
]

export const findReachingExtension = findBy(reachingExtensions)

/** The names in a list of all of which something is true, as one regular expression; it begins and ends anywhere. */
export function namesOf<Kind extends { readonly names: string }>(
  list: readonly Kind[],
  isMeant: (kind: Kind) => boolean,
): string {
  return `(${list
    .filter(isMeant)
    .map(({ names }) => names)
    .join('|')})`
}

function findBy<Kind extends { readonly names: string }>(list: readonly Kind[]) {
  const compiled = list.map((kind) => ({ kind, pattern: new RegExp(`^(?:${kind.names})$`) }))
  return (name: string) => compiled.find(({ pattern }) => pattern.test(name))?.kind
}
