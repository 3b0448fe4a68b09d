import { register } from 'node:module'

let isRead = false

/**
 * JavaScript, so that the repository's own command can be read by it, too.
 * @param {string} [transpiler]
 */
export function readTypeScript(transpiler) {
  if (isRead) return
  isRead = true
  process.setSourceMapsEnabled(true)
  register('./hooks.mjs', import.meta.url, { data: { transpiler } })
}
