import type { Certificate } from '../evidence/certificate.ts'
import type { StatementLog } from '../production-access/statements/statement-log.ts'
import type { ReaderRights } from '../production-access/rights/right.ts'
import type { Run } from '../acts/common/run.ts'

/** What a run can show of its access to production so far; null before the statement filter was in place. */
export function gatherCertificate({
  config,
  access: {
    statementFilter,
    goldenStatementFilter,
    cloneStatementFilter,
    rights,
    canaries = [],
    escapeAttempts,
    exit,
  },
}: Run): Certificate | null {
  if (statementFilter === undefined) return null
  const { production, clone } = config
  return {
    database: production.database,
    readerMayWrite: production.readerMayWrite ?? null,
    rights: toRights(rights.production),
    canaries: canaries.map((canary) => ({ ...canary })),
    ...toAsked(statementFilter.read()),
    golden:
      goldenStatementFilter === undefined || config.golden === undefined
        ? null
        : {
            database: config.golden.database,
            rights: toRights(rights.golden),
            ...toAsked(goldenStatementFilter.read()),
          },
    onProductionServer:
      cloneStatementFilter === undefined || clone.onProductionServer === undefined
        ? null
        : { reason: clone.onProductionServer, ...toAsked(cloneStatementFilter.read()) },
    escapeAttempts: escapeAttempts ?? null,
    exit: exit ?? null,
  }
}

function toRights(rights: ReaderRights | undefined): Certificate['rights'] {
  if (rights === undefined) return null
  const { role, writes, unneeded, missing } = rights
  return { role, writes: [...writes], unneeded: [...unneeded], missing: [...missing] }
}

function toAsked({
  statements,
  programs,
  refused,
}: ReturnType<StatementLog['read']>): Pick<Certificate, 'statements' | 'programs' | 'refused'> {
  return {
    statements: statements.map((sent) => ({ ...sent, by: [...sent.by] })),
    programs: programs.map((started) => ({
      ...started,
      arguments: [...started.arguments],
      by: [...started.by],
    })),
    refused: [...refused],
  }
}
