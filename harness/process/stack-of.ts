import { RehearsalError } from '../errors.ts'

/** The stack of an error that is not one of ours, where REHEARSAL_STACK asks for it; else nothing. */
export function stackOf(error: unknown): string {
  if (!process.env['REHEARSAL_STACK'] || !(error instanceof Error) || error instanceof RehearsalError)
    return ''
  return `${error.stack}\n`
}
