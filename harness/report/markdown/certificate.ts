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
  if (certificate === null) return [heading, 'The run did not connect to production, so nothing is shown.']
  const { rights, golden } = certificate
  return [
    heading,
    bullets([
      `**Rights**, read from the catalogs: ${renderRights(certificate.database, rights, certificate.readerMayWrite)}`,
      `**Canary writes**, tried with the read-only default switched off: ${renderCanaries(certificate)}`,
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
      `**Escape attempts**: ${escapeText(summariseEscapeAttempts(certificate))}.`,
      `**Production at exit**: ${escapeText(summariseProductionAtExit(certificate.exit))}.`,
    ]),
    ...listRights('Rights to write:', rights?.writes ?? []),
    ...listRights('Rights beyond reading that allow no writes by themselves:', rights?.unneeded ?? []),
    ...listStatements('production', certificate),
    ...(certificate.onProductionServer === null
      ? []
      : listStatements('production’s server for the clone', certificate.onProductionServer)),
    ...listEscapes(certificate.escapeAttempts),
    'Not shown: what others did on production in the meantime; the individual statements of pg_dump; what a view, an operator or a function does internally, which only the rights and read-only transactions limit; what a spec sends on connections of its own.',
  ]
}

function renderRights(database: string, rights: Rights | null, mayWrite: string | null): string {
  if (rights === null) return 'not read.'
  const { role, writes, missing } = rights
  const lacks =
    missing.length === 0 ? '' : `, and lacks ${formatCount(missing.length, 'right')} to read all of it`
  if (writes.length === 0) {
    return `${code(role)} has no right to write in ${code(database)}, by itself, through a role that it may become, or through PUBLIC${lacks}.`
  }
  const reason = mayWrite === null ? '' : `, declared: ${escapeText(mayWrite)}`
  return `**${code(role)} may write** in ${code(database)}, ${formatCount(writes.length, 'right')}${reason}${lacks}.`
}

/** A clone on production's own server is the weaker proof, and said to be. */
function renderOnProductionServer(beside: Certificate['onProductionServer']): string[] {
  if (beside === null) return []
  const sent = beside.statements.reduce((sum, { count }) => sum + count, 0)
  return [
    `**Beside production**: the clone was on production’s own server, which confines a release less than a server of its own. Declared: ${escapeText(beside.reason)}. Its superuser created and dropped the rehearsal’s databases there: ${formatCount(beside.statements.length, 'distinct statement')} to the server, sent ${formatCount(sent, 'time')}, each about those databases only; ${beside.refused.length === 0 ? 'none was refused' : `${formatCount(beside.refused.length, 'statement')} refused and not sent`}.`,
    ...renderPrograms(beside),
  ]
}

function renderCanaries({ canaries }: Certificate): string {
  if (canaries.length === 0) return 'none was tried.'
  const accepted = canaries.filter(({ outcome }) => outcome === 'accepted')
  const tried = `${formatCount(canaries.length, 'write')} tried`
  return accepted.length === 0
    ? `${tried}, each refused for insufficient privilege (42501).`
    : `${tried}, **${formatCount(accepted.length, 'write')} accepted**, as declared: ${accepted.map(({ statement }) => code(statement)).join(', ')}.`
}

function renderStatements({ statements, refused }: Asked): string {
  const sent = statements.reduce((sum, { count }) => sum + count, 0)
  const left =
    refused.length === 0
      ? 'none was refused'
      : `${formatCount(refused.length, 'statement')} refused and not sent`
  return `${formatCount(statements.length, 'distinct statement')}, sent ${formatCount(sent, 'time')}, all of them permitted; ${left}.`
}

function renderPrograms({ programs }: Asked): string[] {
  return programs.map(
    ({ program, arguments: args, count, by }) =>
      `**Program** ${code([program, ...args].join(' '))}, ${formatCount(count, 'time')} for ${escapeText(by.join(', '))}: its statements are not recorded.`,
  )
}
