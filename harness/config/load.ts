import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { RehearsalError } from '../errors.ts'
import { checkRehearsal, type RehearsalConfig } from './rehearsal.ts'

const configFile = 'rehearsal.config.ts'

/** Reads and checks the project's rehearsal.config.ts, its default export. Throws CONFIG_INVALID. */
export async function loadConfig(root: string): Promise<RehearsalConfig> {
  const path = join(root, configFile)
  try {
    await access(path)
  } catch (cause) {
    throw new RehearsalError('CONFIG_INVALID', `there is no ${configFile} in ${root}`, {
      hint: 'run the command in the project that holds the rehearsal',
      cause,
    })
  }
  let loaded: { default?: unknown }
  try {
    loaded = (await import(pathToFileURL(path).href)) as typeof loaded
  } catch (cause) {
    throw new RehearsalError('CONFIG_INVALID', `${configFile} could not be loaded`, {
      hint: hintFor((cause as NodeJS.ErrnoException).code),
      cause,
    })
  }
  return checkRehearsal(loaded.default, configFile)
}

/** A project elsewhere has no package of this name, or is none of ES modules: Node says that in words of its own. */
function hintFor(code: string | undefined): string {
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'ERR_REQUIRE_CYCLE_MODULE'
    ? 'a project stands where the package dress-rehearsal is found, below a package.json with "type": "module"'
    : 'npx tsc --noEmit tells what is wrong with its types'
}
