import { register } from 'node:module'

let isRead = false

/**
 * JavaScript, so that the repository's own scripts can be read by it, too.
 * @param {string} cache
 */
export function readTypeScript(cache) {
  if (isRead) return
  isRead = true
  process.setSourceMapsEnabled(true)
  register('./hooks.mjs', import.meta.url, { data: { cache } })
}
