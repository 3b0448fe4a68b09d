import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { RehearsalError } from '../errors.ts'
import { checkRehearsal, type RehearsalConfig } from './rehearsal.ts'

const configFile = 'rehearsal.config.ts'

/** Throws CONFIG_INVALID where the directory has no rehearsal.config.ts. */
export async function requireConfig(root: string): Promise<void> {
  if (await exists(join(root, configFile))) return
  throw new RehearsalError('CONFIG_INVALID', `there is no ${configFile} in ${root}`, {
    hint: 'run the command in the project that holds the rehearsal',
  })
}

/**
 * Reads and checks the project's rehearsal.config.ts, its default export, and that what it names is there. Throws
 * CONFIG_INVALID.
 */
export async function loadConfig(root: string): Promise<RehearsalConfig> {
  await requireConfig(root)
  const path = join(root, configFile)
  let loaded: { default?: unknown }
  try {
    loaded = (await import(pathToFileURL(path).href)) as typeof loaded
  } catch (cause) {
    throw new RehearsalError('CONFIG_INVALID', `${configFile} could not be loaded`, {
      hint: hintFor(cause),
      cause,
    })
  }
  const config = checkRehearsal(loaded.default, configFile)
  await requireNamed(root, config)
  return config
}

/** What the release's own files name is told where they are read. */
async function requireNamed(root: string, { production, golden, release }: RehearsalConfig): Promise<void> {
  const named = {
    'production.script': production.script,
    'production.administration': production.administration,
    'golden.rewind': golden.rewind,
    'golden.experiments': golden.experiments,
    'release.directory': release.directory,
  }
  const missing: string[] = []
  for (const [key, path] of Object.entries(named)) {
    if (path !== undefined && !(await exists(join(root, path)))) missing.push(`${key}: ${path}`)
  }
  if (missing.length === 0) return
  throw new RehearsalError('CONFIG_INVALID', `${configFile} names what is not there: ${missing.join('; ')}`, {
    hint: `paths are relative to ${root}`,
  })
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** A project elsewhere has no package of this name, or is none of ES modules: Node says that in words of its own. */
function hintFor(cause: unknown): string {
  const { code, message = '' } = cause as Partial<NodeJS.ErrnoException>
  // Of an error that comes from ts-node's thread the message alone is left.
  const isElsewhere =
    code === 'ERR_REQUIRE_CYCLE_MODULE' || message.startsWith("Cannot find package 'dress-rehearsal'")
  return isElsewhere
    ? 'a project stands where the package dress-rehearsal is found, below a package.json with "type": "module"'
    : 'npx tsc --noEmit tells what is wrong with its types'
}
