import { posix } from 'node:path'
import type { RehearsalError } from '../errors.ts'
import { findIncludes, type Include } from './includes.ts'
import { unreadable } from './unreadable.ts'

export interface TierOrder {
  readonly script: string
  readonly tiers: readonly { readonly id: string; readonly file: string }[]
}

/** Throws unless the script includes the configured tiers, all of them, in their order, each on a line of its own; returns the lines. */
export function checkTierOrder(settings: TierOrder, executorText: string): Include[] {
  const found = findIncludes(executorText)
  const folder = posix.dirname(posix.normalize(settings.script))
  const paths = found.map((include) => include.path && posix.join(folder, include.path))
  const expected = settings.tiers.map((tier) => posix.normalize(tier.file))
  for (let index = 0; index < Math.max(found.length, expected.length); index++) {
    const include = found[index]
    if (include !== undefined && (include.path === undefined || !include.isAlone)) {
      throw unreadable(
        settings.script,
        include.line,
        `"${include.token.text.trim()}" is not a plain include`,
        {
          hint: 'write \\ir and the file name, without variables, on a line of its own',
        },
      )
    }
    if (paths[index] !== expected[index]) throw mismatch(settings, found, paths, expected, index)
  }
  return found
}

function mismatch(
  settings: TierOrder,
  found: readonly Include[],
  paths: readonly (string | undefined)[],
  expected: readonly string[],
  index: number,
): RehearsalError {
  const path = paths[index]
  const wanted = expected[index]
  const line = found[index]?.line ?? null
  const details = { expected, found: paths }
  const id = settings.tiers[index]?.id
  if (wanted !== undefined && !paths.includes(wanted)) {
    const instead = path === undefined ? 'nothing more is included' : `found ${path}`
    return unreadable(settings.script, line, `tier ${id} (${wanted}) is not included: ${instead}`, {
      hint: `add "\\ir ${wanted}" to the script, or remove ${id} from the configuration`,
      details,
    })
  }
  if (path !== undefined && (!expected.includes(path) || paths.indexOf(path) < index)) {
    const what = expected.includes(path)
      ? `${path} is included a second time`
      : `${path} is not a configured tier`
    return unreadable(settings.script, line, what, {
      hint: `configure it as a tier after ${settings.tiers[index - 1]?.id ?? 'nothing'}, or remove the line`,
      details,
    })
  }
  return unreadable(
    settings.script,
    line,
    `tiers in the wrong order: expected ${wanted} (${id}), found ${path}`,
    {
      hint: `the configured order is ${expected.join(', ')}`,
      details,
    },
  )
}
