import { homedir } from 'node:os'
import { join } from 'node:path'

/** What is made once and kept is here: `REHEARSAL_CACHE`, else `dress-rehearsal` in the user's cache directory. */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  if (env['REHEARSAL_CACHE']) return env['REHEARSAL_CACHE']
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'dress-rehearsal')
}

/** Where configurations are kept as they were transpiled. */
export function transpiledDirectory(): string {
  return join(cacheDirectory(), 'transpiled')
}
