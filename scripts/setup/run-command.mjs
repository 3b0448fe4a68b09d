import { spawnSync } from 'node:child_process'
import { SetupError } from './setup-error.mjs'

/**
 * Runs a command with its output shown; throws if it cannot be run or fails.
 * @param {readonly string[]} command
 * @param {{ cwd?: string, input?: string }} [options]
 */
export function runCommand(command, { cwd, input } = {}) {
  if (
    !tryCommand(command, { ...(cwd === undefined ? {} : { cwd }), ...(input === undefined ? {} : { input }) })
  )
    throw new SetupError(`"${command.join(' ')}" failed.`, 'See what it printed above.')
}

/**
 * Runs a command with its output shown, and tells whether it succeeded.
 * @param {readonly string[]} command
 * @param {{ cwd?: string, input?: string }} [options]
 */
export function tryCommand(command, options = {}) {
  const [program = '', ...args] = command
  const stdin = options.input === undefined ? 'inherit' : 'pipe'
  const { error, status } = spawnSync(program, args, { ...options, stdio: [stdin, 'inherit', 'inherit'] })
  if (error) throw new SetupError(`"${command.join(' ')}" cannot be run: ${error.message}`)
  return status === 0
}

/**
 * What a command prints, or undefined if it is absent or fails.
 * @param {readonly string[]} command
 */
export function readCommand(command) {
  const [program = '', ...args] = command
  const { status, stdout } = spawnSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return status === 0 ? stdout : undefined
}
