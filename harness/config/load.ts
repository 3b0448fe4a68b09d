import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { transpiledDirectory } from '../cache/cache-directory.ts'
import { RehearsalError } from '../errors.ts'
import { configFile, requireConfig } from './find-config.ts'
import { checkRehearsal, type RehearsalConfig } from './rehearsal.ts'
import { readTypeScript } from './typescript/read-typescript.mjs'

/**
 * Reads and checks the project's rehearsal.config.ts, its default export, and that what it names is there. Throws
 * CONFIG_INVALID.
 */
export async function loadConfig(root: string): Promise<RehearsalConfig> {
  await requireConfig(root)
  const config = checkRehearsal(requireExport(await load(join(root, configFile))), configFile)
  await requireNamed(root, config)
  return config
}

async function load(path: string): Promise<object> {
  readTypeScript(transpiledDirectory())
  try {
    return (await import(pathToFileURL(path).href)) as object
  } catch (cause) {
    throw new RehearsalError('CONFIG_INVALID', `${configFile} could not be loaded`, {
      hint: hintFor(cause),
      cause,
    })
  }
}

/** What was exported by default, if that can be a rehearsal at all. */
function requireExport(module: object): object {
  const exported: unknown = 'default' in module ? module.default : undefined
  const isObject = typeof exported === 'object' && exported !== null && !Array.isArray(exported)
  if (isObject && !(exported instanceof Promise)) return exported
  throw new RehearsalError(
    'CONFIG_INVALID',
    'default' in module
      ? `${configFile} has a default export that is not a rehearsal: ${nameOf(exported)}`
      : `${configFile} has no default export`,
    { hint: `end it with: export default defineRehearsal({ … }), from 'dress-rehearsal'` },
  )
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return 'an array'
  return value instanceof Promise ? 'a promise' : `a ${typeof value}`
}

/** Files that the release itself names are checked when it is read. */
async function requireNamed(root: string, { production, golden, release }: RehearsalConfig): Promise<void> {
  const named = {
    'production.script': production.script,
    'production.administration': production.administration,
    'golden.rewind': golden?.rewind,
    'golden.experiments': golden?.experiments,
    'release.directory': release.directory,
  }
  const missing: string[] = []
  for (const [key, path] of Object.entries(named)) {
    if (path !== undefined && !(await exists(join(root, path)))) missing.push(`${key}: ${path}`)
  }
  if (missing.length === 0) return
  throw new RehearsalError(
    'CONFIG_INVALID',
    `${configFile} names files that do not exist: ${missing.join('; ')}`,
    {
      hint: `create the missing files, or correct the paths, which are relative to ${root}`,
    },
  )
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** Of an error that comes from the thread of the hooks its class may be lost; the message is left. */
function hintFor(cause: unknown): string {
  const { message, name } = cause instanceof Error ? cause : { message: '', name: '' }
  if (message.startsWith("Cannot find package 'dress-rehearsal'"))
    return 'install it in this project, for example: npm install --save-dev dress-rehearsal vitest@4'
  if (/^Cannot find (module|package)/.test(message)) return 'correct the import that cannot be resolved'
  if (name === 'SyntaxError') return 'correct the syntax at that place'
  return 'correct the code that fails when the file is loaded; npx tsc --noEmit checks its types'
}
