import type { Certificate } from '../evidence/certificate.ts'
import { summariseProductionAtExit, summariseEscapeAttempts } from './escape-summary.ts'
import { formatCount, formatInteger } from './units.ts'

/** The certificate in a few plain sentences, by topic. */
export function summariseCertificate(certificate: Certificate | null): Readonly<Record<string, string>> {
  if (certificate === null) return { production: 'not connected: nothing is shown' }
  const {
    database,
    rights,
    readerMayWrite,
    canaries,
    statements,
    programs,
    refused,
    onProductionServer,
    exit,
  } = certificate
  const accepted = canaries.filter(({ outcome }) => outcome === 'accepted').length
  const sent = statements.reduce((sum, { count }) => sum + count, 0)
  return {
    production: database,
    rights:
      rights === null
        ? 'not read'
        : `${rights.role}: ${formatCount(rights.writes.length, 'right')} to write, ${formatInteger(rights.unneeded.length)} more than reading needs, ${formatInteger(rights.missing.length)} missing`,
    ...(readerMayWrite === null ? {} : { readerMayWrite }),
    canaries: `${formatCount(canaries.length, 'write')} tried, ${formatInteger(accepted)} accepted`,
    statements: `${formatInteger(statements.length)} distinct, sent ${formatCount(sent, 'time')}, ${formatInteger(refused.length)} refused`,
    programs: programs.map(({ program, arguments: args }) => [program, ...args].join(' ')).join('; '),
    ...(onProductionServer === null
      ? {}
      : { onProductionServer: `the clone was on production’s own server: ${onProductionServer.reason}` }),
    escapeAttempts: summariseEscapeAttempts(certificate),
    exit: summariseProductionAtExit(exit),
    notShown:
      'what others did on production; the statements of pg_dump; what views, operators and functions do internally; connections that specs open themselves',
  }
}
