import { quoteIdentifier, quoteLiteral } from '../../postgres/session.ts'

/** Settings whose value is a list of names, each quoted on its own (GUC_LIST_QUOTE in PostgreSQL's guc.c). */
const nameLists = new Set([
  'local_preload_libraries',
  'search_path',
  'session_preload_libraries',
  'shared_preload_libraries',
  'temp_tablespaces',
  'unix_socket_directories',
])

/** `name=value`, as pg_db_role_setting holds it, as the end of an ALTER … SET. */
export function writeSetting(setting: string): string {
  const at = setting.indexOf('=')
  const [name, value] = [setting.slice(0, at), setting.slice(at + 1)]
  const values = nameLists.has(name.toLowerCase()) ? splitNames(value) : [value]
  return `SET ${name.split('.').map(quoteIdentifier).join('.')} TO ${values.map(quoteLiteral).join(', ')}`
}

function splitNames(value: string): string[] {
  const names = [...value.matchAll(/"((?:[^"]|"")*)"|([^\s,]+)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
  return names.length === 0 ? [''] : names
}
