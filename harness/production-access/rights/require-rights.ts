import { RehearsalError } from '../../errors.ts'
import { describeRight, type ReaderRights } from './right.ts'

/** A message lists at most so many; all are in the error's details. */
const mostTold = 20

/**
 * Throws READER_MAY_WRITE where the role has a right to write, unless a reason for that was declared; and
 * READER_LACKS_RIGHTS where it cannot read all. `where` names the database for people.
 */
export function requireRights(
  where: string,
  { role, writes, missing }: ReaderRights,
  readerMayWrite?: string,
): void {
  if (writes.length > 0 && readerMayWrite === undefined) {
    throw new RehearsalError(
      'READER_MAY_WRITE',
      [
        `"${role}" may write in ${where}, ${writes.length} rights:`,
        ...shorten(writes.map(describeRight)).map((line) => `  ${line}`),
      ].join('\n'),
      {
        hint: [
          'rehearse with a role that may only read (docs/production-access.md), or revoke these rights:',
          ...shorten(unique(writes.map(({ revoke }) => revoke))).map((line) => `  ${line}`),
          '  or give the reason in production.readerMayWrite, which the certificate then states',
        ].join('\n'),
        details: { where, role, writes },
      },
    )
  }
  if (missing.length > 0) {
    throw new RehearsalError(
      'READER_LACKS_RIGHTS',
      [
        `"${role}" cannot read all of ${where}, it lacks:`,
        ...shorten(missing.map(({ right, on }) => `${right} on ${on}`)).map((line) => `  ${line}`),
      ].join('\n'),
      {
        hint: ['run as a superuser in that database:', ...shorten(missing.map(({ grant }) => grant))].join(
          '\n  ',
        ),
        details: { where, role, missing },
      },
    )
  }
}

function shorten(lines: readonly string[]): string[] {
  if (lines.length <= mostTold) return [...lines]
  return [...lines.slice(0, mostTold), `… and ${lines.length - mostTold} more`]
}

function unique(lines: readonly string[]): string[] {
  return [...new Set(lines)]
}
