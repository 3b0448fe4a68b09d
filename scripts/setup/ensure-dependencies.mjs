import { findMismatch } from './find-mismatch.mjs'
import { runCommand } from './run-command.mjs'
import { SetupError } from './setup-error.mjs'

/**
 * Runs `npm ci` if what is installed does not match the lock; tells whether it did.
 * @param {string} project
 */
export function ensureDependencies(project) {
  const mismatch = findMismatch(project)
  if (mismatch === undefined) {
    console.log('setup: node_modules matches package-lock.json')
    return false
  }
  console.log(`setup: ${mismatch}; running npm ci`)
  runCommand(['npm', 'ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: project })
  const left = findMismatch(project)
  if (left !== undefined)
    throw new SetupError(`npm ci succeeded, but ${left}.`, 'Remove node_modules and run npm run setup again.')
  return true
}
