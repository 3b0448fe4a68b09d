import { RehearsalError } from '../errors.ts'

/** A fault of one file of the release, at a line where one can be named. */
export function unreadable(
  file: string,
  line: number | null,
  what: string,
  options: { hint: string; details?: Record<string, unknown>; cause?: unknown },
): RehearsalError {
  const { details, ...rest } = options
  const place = line === null ? file : `${file}:${line}`
  return new RehearsalError('RELEASE_UNREADABLE', `${place}: ${what}`, {
    ...rest,
    details: { file, line, ...details },
  })
}
