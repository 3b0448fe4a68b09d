import type { Evidence } from '../evidence/schema.ts'
import { formatVerdictLabel } from './verdict-label.ts'
import { renderCertificate } from './markdown/certificate.ts'
import { renderDivergences } from './markdown/divergences.ts'
import { renderFailures } from './markdown/failures.ts'
import { renderFigureGroups, renderFinalFigures } from './markdown/final-figures.ts'
import { renderSecondRunAndRollback } from './markdown/second-run-and-rollback.ts'
import { renderHarness } from './markdown/harness.ts'
import { renderIsolation } from './markdown/isolation.ts'
import { renderProofs } from './markdown/proofs.ts'
import { renderRunResult } from './markdown/run-result.ts'
import { renderSkipped } from './markdown/skipped.ts'
import { escapeText } from './markdown/syntax.ts'
import { renderVerdictSection } from './markdown/verdict.ts'

/** The report for people, from evidence only. If the verdict is not `pass`, the failures come first. */
export function renderMarkdown(evidence: Evidence): string {
  const { name, startedAt } = evidence.rehearsal
  const blocks = [
    `# ${escapeText(name)}: rehearsal ${escapeText(formatVerdictLabel(evidence))} (${startedAt.slice(0, 10)})`,
    ...renderFailures(evidence),
    ...renderHarness(evidence),
    ...renderRunResult(evidence),
    ...renderFinalFigures(evidence),
    ...renderFigureGroups(evidence),
    ...renderDivergences(evidence),
    ...renderSecondRunAndRollback(evidence),
    ...renderProofs(evidence),
    ...renderIsolation(evidence),
    ...renderCertificate(evidence),
    ...renderSkipped(evidence),
    ...renderVerdictSection(evidence),
  ]
  return `${blocks.join('\n\n')}\n`
}
