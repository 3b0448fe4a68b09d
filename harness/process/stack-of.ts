import { RehearsalError } from '../errors.ts'

/** The stack of an error that is no RehearsalError, if REHEARSAL_STACK is set; else nothing. */
export function stackOf(error: unknown): string {
  if (!process.env['REHEARSAL_STACK'] || !(error instanceof Error) || error instanceof RehearsalError)
    return ''
  return `${error.stack}\n`
}
