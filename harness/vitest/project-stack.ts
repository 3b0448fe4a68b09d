import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * A stack as reports hold it: the frames of the project's own files, relative to its root. Where there are none, the
 * message remains: frames of other packages describe the machine, not the spec.
 */
export function toProjectStack(stack: string, root: string): string {
  return stack
    .split('\n')
    .flatMap((line) => {
      const [, before, location, position] = /^(\s+at (?:.* \()?)(.+?)(:\d+:\d+\)?)$/.exec(line) ?? []
      if (location === undefined) return /^\s+at /.test(line) ? [] : [line]
      const path = relative(root, location.startsWith('file:') ? fileURLToPath(location) : location)
        .split(sep)
        .join('/')
      const isForeign = location.startsWith('node:') || /(^|\/)(\.\.|node_modules)\//.test(path)
      return isForeign ? [] : [`${before}${path}${position}`]
    })
    .join('\n')
}
