/** Functions that a SELECT could call and that do more than read; by name, in whatever schema. */
const refused: readonly (readonly [name: RegExp, what: string])[] = [
  [/^(nextval|setval)$/, 'moves a sequence'],
  [/^(lo_(?!get$)\w+|loread|lowrite)$/, 'opens or writes large objects'],
  [/^pg_(create|drop|copy|sync)_\w*replication_slots?$/, 'makes or drops replication slots'],
  [/^pg_(replication_slot_advance|logical_slot_(get|peek)_\w+)$/, 'moves a replication slot'],
  [
    /^pg_replication_origin_(create|drop|advance|(session|xact)_(setup|reset))$/,
    'changes replication origins',
  ],
  [/^pg_(logical_emit_message|create_restore_point|switch_wal)$/, 'writes into the write-ahead log'],
  [/^(pg_current_xact_id|txid_current)$/, 'takes a transaction id'],
  [/^(dblink\w*|http(_\w+)?|postgres_fdw_disconnect\w*)$/, 'reaches other servers'],
  [/^pg_(terminate|cancel)_backend$/, 'ends what others do'],
  [/^pg_(try_)?advisory_\w+$/, 'holds a lock that others may wait for'],
  [/^pg_notify$/, 'notifies other sessions'],
  [
    /^pg_(reload_conf|rotate_logfile(_old)?|promote|log_backend_memory_contexts|import_system_collations)$/,
    'acts on the server',
  ],
  [
    /^pg_(backup_start|backup_stop|start_backup|stop_backup|wal_replay_(pause|resume))$/,
    'acts on the server',
  ],
  [/^pg_stat(_\w+)?_reset(_\w+)?$/, 'resets statistics'],
  [/^pg_(restore|clear)_(relation|attribute|extended)_stats$/, 'writes statistics'],
  [/^(brin_(de)?summarize_\w+|gin_clean_pending_list)$/, 'writes indexes'],
  [/^(heap_force_\w+|pg_truncate_visibility_map|pg_extension_config_dump|binary_upgrade_\w+)$/, 'writes'],
  [/^pg_file_(write|unlink|rename|sync)$/, 'writes files of the server'],
  [
    /^(query_to_xml\w*|ts_stat|ts_rewrite|crosstab\w*|connectby|xpath_table)$/,
    'runs a text that cannot be read here',
  ],
]

/** Schemas of extensions whose functions act outside of the database. */
const refusedSchemas: ReadonlyMap<string, string> = new Map([
  ['cron', 'plans jobs'],
  ['net', 'reaches other servers'],
])

/** What a function does that none on production may; undefined for one that is not known to do more than read. */
export function whyRefused(schema: string | undefined, name: string): string | undefined {
  return (
    (schema === undefined ? undefined : refusedSchemas.get(schema)) ??
    refused.find(([pattern]) => pattern.test(name))?.[1]
  )
}
