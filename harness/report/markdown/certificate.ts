import type { Certificate } from '../../evidence/certificate.ts'
import type { Evidence } from '../../evidence/schema.ts'
import { summariseProductionAtExit, summariseEscapeAttempts } from '../escape-summary.ts'
import { formatCount } from '../units.ts'
import { listRights, listStatements, listEscapes, shorten } from './certificate-lists.ts'
import { bullets, code, escapeText } from './syntax.ts'

type Rights = NonNullable<Certificate['rights']>
type Asked = Pick<Certificate, 'statements' | 'programs' | 'refused'>

/** What was shown of our access to production, by what, and what was not shown. */
export function renderCertificate({ certificate }: Evidence): string[] {
  const heading = '## Production certificate'
  if (certificate === null) return [heading, 'Production was not entered: nothing can be said.']
  const { rights, golden } = certificate
  return [
    heading,
    bullets([
      `**Rights**, read from the catalogs: ${renderRights(certificate.database, rights, certificate.readerMayWrite)}`,
      `**Canary writes**, tried with the read-only default lifted: ${renderCanaries(certificate)}`,
      `**Statements**, from entry to exit: ${renderStatements(certificate)}`,
      ...renderPrograms(certificate),
      ...certificate.refused.map(
        ({ statement, by, why }) =>
          `**Refused**: ${code(shorten(statement))} of ${escapeText(by)}: ${escapeText(why)}.`,
      ),
      ...(golden === null
        ? []
        : [
            `**Golden**: ${renderRights(golden.database, golden.rights, certificate.readerMayWrite)} ${renderStatements(golden)}`,
            ...renderPrograms(golden),
          ]),
      ...renderOnProductionServer(certificate.onProductionServer),
      `**Seal** of the clone: ${escapeText(summariseEscapeAttempts(certificate))}.`,
      `**Production at exit**: ${escapeText(summariseProductionAtExit(certificate.exit))}.`,
    ]),
    ...listRights('It may write:', rights?.writes ?? []),
    ...listRights('More than reading needs, with no way of its own to write:', rights?.unneeded ?? []),
    ...listStatements('production', certificate),
    ...(certificate.onProductionServer === null
      ? []
      : listStatements('its server, beside it', certificate.onProductionServer)),
    ...listEscapes(certificate.escapeAttempts),
    'Not shown by this: what others did on production meanwhile; what pg_dump sent, statement by statement; what a view, an operator or a function does beyond its name, which rests on the rights and on read-only transactions; what a spec sends by connections of its own.',
  ]
}

function renderRights(database: string, rights: Rights | null, mayWrite: string | null): string {
  if (rights === null) return 'not read.'
  const { role, writes, missing } = rights
  const lacks =
    missing.length === 0 ? '' : `, and lacks ${formatCount(missing.length, 'right')} to read all of it`
  if (writes.length === 0) {
    return `${code(role)} has no right to write in ${code(database)}, by itself, by a role that it may become, or as everybody${lacks}.`
  }
  const reason = mayWrite === null ? '' : `, declared: ${escapeText(mayWrite)}`
  return `**${code(role)} may write** in ${code(database)}, ${formatCount(writes.length, 'right')}${reason}${lacks}.`
}

/** A clone on production's own server is the weaker proof, and said to be. */
function renderOnProductionServer(beside: Certificate['onProductionServer']): string[] {
  if (beside === null) return []
  const sent = beside.statements.reduce((sum, { count }) => sum + count, 0)
  return [
    `**Beside production**: the clone stood on production’s own server, which keeps less in than a server of its own. Declared: ${escapeText(beside.reason)}. Its superuser made and dropped the rehearsal’s databases there: ${formatCount(beside.statements.length, 'distinct statement')} to the server, sent ${formatCount(sent, 'time')}, each about those alone; ${beside.refused.length === 0 ? 'none was refused' : `${formatCount(beside.refused.length, 'statement')} refused and not sent`}.`,
    ...renderPrograms(beside),
  ]
}

function renderCanaries({ canaries }: Certificate): string {
  if (canaries.length === 0) return 'none was tried.'
  const accepted = canaries.filter(({ outcome }) => outcome === 'accepted')
  const tried = `${formatCount(canaries.length, 'write')} tried`
  return accepted.length === 0
    ? `${tried}, each refused for want of the right (42501).`
    : `${tried}, **${formatCount(accepted.length, 'write')} let in**, as was declared: ${accepted.map(({ statement }) => code(statement)).join(', ')}.`
}

function renderStatements({ statements, refused }: Asked): string {
  const sent = statements.reduce((sum, { count }) => sum + count, 0)
  const left =
    refused.length === 0
      ? 'none was refused'
      : `${formatCount(refused.length, 'statement')} refused and not sent`
  return `${formatCount(statements.length, 'distinct statement')}, sent ${formatCount(sent, 'time')}, each on the list of what may be sent; ${left}.`
}

function renderPrograms({ programs }: Asked): string[] {
  return programs.map(
    ({ program, arguments: args, count, by }) =>
      `**Program** ${code([program, ...args].join(' '))}, ${formatCount(count, 'time')} for ${escapeText(by.join(', '))}: its statements are its own.`,
  )
}
