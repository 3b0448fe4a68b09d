import { RehearsalError } from '../errors.ts'

/**
 * The spec files that were asked for, in their order: each request is a part of a path or, where a shell has not
 * expanded it, a pattern of `*`, `**` and `?`, which a path need not end with. No request: all of them. Throws
 * OPTION_REFUSED for a request that no spec file meets.
 */
export function selectSpecs(specFiles: readonly string[], requests: readonly string[]): string[] {
  const chosen = new Set<string>()
  for (const request of requests) {
    const pattern = toPattern(request)
    const files = specFiles.filter((file) => pattern.test(`/${file}`))
    if (files.length === 0) {
      throw new RehearsalError('OPTION_REFUSED', `no spec file matches ${request}`, {
        hint: `part of the path is enough; the spec files are: ${specFiles.join(' ')}`,
      })
    }
    for (const file of files) chosen.add(file)
  }
  return specFiles.filter((file) => requests.length === 0 || chosen.has(file))
}

/** A request from the start of the project (`./specs/…`) is met from there only. */
function toPattern(request: string): RegExp {
  const isRooted = request.startsWith('./')
  const path = isRooted ? request.slice(1) : request
  const parts = path.split(/(\*\*\/?|\*|\?)/).map((part, index) => {
    if (index % 2 === 0) return part.replace(/[\\^$.|+()[\]{}]/g, String.raw`\$&`)
    if (part === '?') return '[^/]'
    return part === '*' ? '[^/]*' : '.*'
  })
  return new RegExp((isRooted ? '^' : '') + parts.join(''))
}
