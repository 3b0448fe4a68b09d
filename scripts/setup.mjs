import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureDependencies } from './setup/ensure-dependencies.mjs'
import { ensurePostgres } from './setup/ensure-postgres.mjs'
import { SetupError } from './setup/setup-error.mjs'

// Runs on a machine with only Node, npm and git: nothing here may be imported from node_modules.

const project = dirname(dirname(fileURLToPath(import.meta.url)))
const oldestNode = [20, 19]

try {
  requireNode(process.versions.node)
  const changed = [ensureDependencies(project), ensurePostgres()]
  console.log(changed.includes(true) ? 'setup: done' : 'setup: nothing to do')
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  console.error(`setup: ${error.message}`)
  if (error.hint !== undefined) console.error(error.hint)
  process.exitCode = 2
}

/** @param {string} version */
function requireNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldMajor = 0, oldMinor = 0] = oldestNode
  if (major > oldMajor || (major === oldMajor && minor >= oldMinor)) return
  throw new SetupError(`Node ${version} is too old.`, `Install Node ${oldestNode.join('.')} or newer.`)
}
