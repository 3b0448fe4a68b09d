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

/** By the names of the escapes. */
type Reach =
  | 'server-file'
  | 'other-server'
  | 'http'
  | 'replication'
  | 'alter-system'
  | 'other-session'
  | 'untrusted-language'

const readFile = { reach: 'server-file', readsFiles: true } as const
const server = { reach: 'alter-system' } as const
const checked = { execute: 'checked' } as const
const open = { execute: 'public' } as const
const slot = { reach: 'replication', ...checked } as const
const http = 'http|http_(get|post|put|patch|delete|head|request|collect_response|\\w+_curlopt)'

type Line = readonly [does: string, names: string, rest?: Omit<ReachingFunctions, 'does' | 'names'>]

const lines: readonly Line[] = [
  ['reads files of the server', 'pg_read_(binary_)?file|pg_file_(read|length)|lo_import', readFile],
  ['lists files of the server', 'pg_ls_dir|pg_stat_file|pg_logdir_ls', readFile],
  ['lists files of the server', 'pg_ls_\\w+dir', { ...readFile, execute: 'monitor' }],
  ['writes files of the server', 'pg_file_\\w+|lo_export', { reach: 'server-file' }],
  ['reaches other servers', 'dblink\\w*|postgres_fdw_\\w+', { reach: 'other-server' }],
  ['reaches other servers', http, { reach: 'http' }],
  // In a script that is read by its tokens, a table has such a name more often: `http_log (…)`.
  ['reaches other servers', 'http_\\w+'],
  ['creates or drops replication slots', 'pg_(create|drop|copy|sync)_\\w*replication_slots?', slot],
  ['advances a replication slot', 'pg_(replication_slot_advance|logical_slot_(get|peek)_\\w+)', slot],
  ['changes replication origins', 'pg_replication_origin_\\w+', { reach: 'replication' }],
  ['writes into the write-ahead log', 'pg_logical_emit_message', { reach: 'replication', ...open }],
  ['writes into the write-ahead log', 'pg_(create_restore_point|switch_wal)', server],
  ['acts on the server', 'pg_(reload_conf|rotate_logfile|promote|wal_replay_(pause|resume))', server],
  ['acts on the server', 'pg_(backup_(start|stop)|(start|stop)_backup)', server],
  ['acts on the server', 'pg_rotate_logfile_old', { ...server, ...checked }],
  ['acts on the server', 'pg_log_backend_memory_contexts'],
  ['resets statistics of the server', 'pg_stat_reset_(shared|slru|replication_slot|\\w+_stats)', server],
  ['resets statistics of the server', 'pg_stat_statements_reset', server],
  [
    'ends other sessions or their queries',
    'pg_(terminate|cancel)_backend',
    { reach: 'other-session', ...checked },
  ],
  ['moves a sequence', 'nextval|setval', checked],
  ['creates large objects', 'lo_creat|lo_create|lo_from_bytea', open],
  ['opens or writes large objects', 'lo_(?!get$)\\w+|loread|lowrite', checked],
  ['takes a transaction id', 'pg_current_xact_id|txid_current', open],
  ['holds a lock that others may wait for', 'pg_(try_)?advisory_(xact_)?lock(_shared)?', open],
  ['releases locks', 'pg_(try_)?advisory_\\w+', checked],
  ['notifies other sessions', 'pg_notify', open],
  ['writes collations', 'pg_import_system_collations', checked],
  ['reads when statistics were reset', 'pg_stat_get_\\w+_reset_time', checked],
  ['resets statistics', 'pg_stat(_\\w+)?_reset(_\\w+)?'],
  ['writes statistics', 'pg_(restore|clear)_(relation|attribute|extended)_stats', checked],
  ['writes indexes', 'brin_(de)?summarize_\\w+|gin_clean_pending_list', checked],
  ['writes', 'heap_force_\\w+|pg_truncate_visibility_map'],
  ['writes', 'pg_extension_config_dump|binary_upgrade_\\w+', checked],
  ['executes a text that cannot be checked here', 'query_to_xml\\w*|ts_(stat|rewrite)', checked],
  ['executes a text that cannot be checked here', 'crosstab\\w*|connectby|xpath_table'],
]

/** The first that matches a name counts. */
export const reachingFunctions = lines.map(([does, names, rest]): ReachingFunctions => ({
  does,
  names,
  ...rest,
}))

/** Schemas of extensions whose functions act outside of the database, by what they do. */
const reachingSchemas = new Map(Object.entries({ cron: 'plans jobs', net: 'reaches other servers' }))

/** The kind of a function, from its name alone; undefined for one that is not known to do more than read. */
export const findReachingFunction = findBy(reachingFunctions)

/** What a function does beyond reading, in words; undefined for one that is not known to. */
export function whatFunctionDoes(schema: string | undefined, name: string): string | undefined {
  return reachingSchemas.get(schema ?? '') ?? findReachingFunction(name)?.does
}

interface ReachingExtension extends Named {
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

interface Named {
  readonly names: string
}

/** The names in a list of all of which something is true, as one regular expression; it begins and ends anywhere. */
export function namesOf<Kind extends Named>(list: readonly Kind[], isMeant: (kind: Kind) => boolean): string {
  const names = list.filter(isMeant).map((kind) => kind.names)
  return `(${names.join('|')})`
}

function findBy<Kind extends Named>(list: readonly Kind[]) {
  const compiled = list.map((kind) => ({ kind, pattern: new RegExp(`^(?:${kind.names})$`) }))
  return (name: string) => compiled.find(({ pattern }) => pattern.test(name))?.kind
}
