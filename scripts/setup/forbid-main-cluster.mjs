/**
 * The text of createcluster.conf with `create_main_cluster = false`. All that was in it stays: of two settings the
 * last one counts, those of included files among them (PgCommon.pm, read_conf_file).
 * @param {string} text
 */
export function forbidMainCluster(text) {
  const last = [...text.matchAll(/^[ \t]*(create_main_cluster\b|include).*$/gm)].at(-1)?.[0] ?? ''
  if (/^\s*create_main_cluster[\s=]+'?(false|no|off|0)'?\s*(#.*)?$/i.test(last)) return text
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}create_main_cluster = false\n`
}
