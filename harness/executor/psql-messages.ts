import type { Notice } from '../evidence/schema.ts'

/** An error as psql reported it; `file` and `line` are of the script, null if psql named none. */
export interface PsqlError {
  readonly severity: string
  readonly sqlstate: string | null
  readonly message: string
  readonly detail: string | null
  readonly hint: string | null
  readonly context: string | null
  readonly constraint: string | null
  readonly file: string | null
  readonly line: number | null
}

export interface PsqlMessages {
  readonly notices: readonly Notice[]
  /** The error that ended the session, else the last one reported. */
  readonly error: PsqlError | null
}

/**
 * Reads psql's messages on standard error. `toFile` gives the name to report for a file as psql names it.
 * SQLSTATE is present if psql runs with VERBOSITY=verbose, and distinguished from a message that looks like it by the
 * LOCATION line that comes with it; what else verbosity adds is left out.
 */
export function readPsqlMessages(stderr: string, toFile: (name: string) => string | null): PsqlMessages {
  const messages = splitMessages(stderr).map((block) => readMessage(block, toFile))
  const errors = messages.filter(isError)
  return {
    notices: messages
      .filter((message) => !isError(message))
      .map(({ severity, message, file, line }) => ({ severity, message, file, line })),
    error: errors.findLast((error) => /^(FATAL|PANIC)$/.test(error.severity)) ?? errors.at(-1) ?? null,
  }
}

const opening = /^psql:(?:(.+?):(\d+):)? (?:(\p{Lu}[\p{Lu}\p{Ll} ]*):  |(error|warning|fatal|info): )/u
const location = /^LOCATION: {2}/

/** Lines of one message each; a LOCATION ends a message, so that text the script itself prints is no part of it. */
function splitMessages(stderr: string): string[][] {
  const blocks: string[][] = []
  let block: string[] | undefined
  for (const line of stderr.split('\n')) {
    if (opening.test(line)) blocks.push((block = [line]))
    else block?.push(line)
    if (location.test(line)) block = undefined
  }
  return blocks
}

function readMessage(lines: readonly string[], toFile: (name: string) => string | null): PsqlError {
  const [head = '', file, line, severity, ownSeverity] = opening.exec(lines[0]!)!
  const isVerbose = location.test(lines.at(-1)!)
  const state = isVerbose ? /^([0-9A-Z]{5}): /.exec(lines[0]!.slice(head.length)) : null
  const fields = readFields([lines[0]!.slice(head.length + (state?.[0].length ?? 0)), ...lines.slice(1)])
  return {
    severity: severity ?? ownSeverity!,
    sqlstate: state?.[1] ?? null,
    message: fields.get('MESSAGE')!,
    detail: fields.get('DETAIL') ?? null,
    hint: fields.get('HINT') ?? null,
    context: fields.get('CONTEXT') ?? null,
    constraint: fields.get('CONSTRAINT NAME') ?? null,
    file: file === undefined ? null : toFile(file),
    line: line === undefined ? null : Number(line),
  }
}

const field =
  /^(DETAIL|HINT|QUERY|CONTEXT|SCHEMA NAME|TABLE NAME|COLUMN NAME|DATATYPE NAME|CONSTRAINT NAME|LOCATION|LINE \d+): {1,2}/

/** The fields of a message, in psql's order, each of one or more lines. */
function readFields(lines: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>([['MESSAGE', lines[0]!]])
  let name = 'MESSAGE'
  for (const line of lines.slice(1)) {
    const match = field.exec(line)
    if (match) name = match[1]!
    const text = match ? line.slice(match[0].length) : `${fields.get(name)}\n${line}`
    fields.set(name, text)
  }
  for (const [key, text] of fields) fields.set(key, text.trimEnd())
  return fields
}

/** By the severity's English name; in another language, by the SQLSTATE's class (00 to 02 are no errors). */
function isError(message: PsqlError): boolean {
  if (/^(ERROR|FATAL|PANIC|error|fatal)$/.test(message.severity)) return true
  if (/^(NOTICE|WARNING|INFO|LOG|DEBUG|warning|info)$/.test(message.severity)) return false
  return message.sqlstate !== null && !/^0[0-2]/.test(message.sqlstate)
}
