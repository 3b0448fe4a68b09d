import type { Certificate } from '../../evidence/certificate.ts'
import { formatInteger } from '../units.ts'
import { code, escapeText, table } from './syntax.ts'

/** Rights that mean the same in one line. */
export function listRights(title: string, rights: NonNullable<Certificate['rights']>['writes']): string[] {
  if (rights.length === 0) return []
  const groups = groupAlike(rights, ({ right, through, means }) => JSON.stringify([right, through, means]))
  return [
    title,
    table(
      [{ title: 'Right' }, { title: 'On' }, { title: 'Through' }, { title: 'Which means' }],
      groups.map((alike) => [
        escapeText(alike[0]!.right),
        alike.map(({ on }) => code(on)).join(', '),
        escapeText(alike[0]!.through),
        escapeText(alike[0]!.means ?? ''),
      ]),
    ),
  ]
}

/** Statements that begin alike in one line, except canaries, which have been reported. */
export function listStatements(place: string, { statements }: Pick<Certificate, 'statements'>): string[] {
  const groups = groupAlike(
    statements.filter(({ kind }) => kind !== 'canary'),
    ({ statement, kind }) => `${kind} ${shorten(statement)}`,
  )
  if (groups.length === 0) return []
  return [
    `Statements sent to ${place}, long ones shortened (in full in evidence.json):`,
    table(
      [
        { title: 'Statement' },
        { title: 'Alike', align: 'right' },
        { title: 'Sent', align: 'right' },
        { title: 'For' },
      ],
      groups.map((alike) => [
        code(shorten(alike[0]!.statement)),
        formatInteger(alike.length),
        formatInteger(alike.reduce((sum, { count }) => sum + count, 0)),
        escapeText([...new Set(alike.flatMap(({ by }) => by))].sort().join(', ')),
      ]),
    ),
  ]
}

/** Attempts to reach production from the clone, those with the same answer in one line. */
export function listEscapes(seal: Certificate['escapeAttempts']): string[] {
  if (seal === null || seal.attempts.length === 0) return []
  const groups = groupAlike(seal.attempts, ({ outcome, answer }) => `${outcome} ${answer}`)
  return [
    'Attempts to reach production from the clone:',
    table(
      [{ title: 'Attempt' }, { title: 'Outcome' }, { title: 'Answer' }],
      groups.map((alike) => [
        alike.map(({ escape }) => code(escape)).join(', '),
        alike[0]!.outcome,
        escapeText(alike[0]!.answer),
      ]),
    ),
  ]
}

const longestStatement = 100

/** The beginning of a long statement. */
export function shorten(statement: string): string {
  return statement.length <= longestStatement ? statement : `${statement.slice(0, longestStatement)}…`
}

/** Members with the same name of their group, in the order of the first of each. */
function groupAlike<T>(members: readonly T[], nameOf: (member: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const member of members) {
    const group = groups.get(nameOf(member)) ?? []
    group.push(member)
    groups.set(nameOf(member), group)
  }
  return [...groups.values()]
}
