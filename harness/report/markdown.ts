import type { Evidence } from '../evidence/schema.ts'
import { tellCertificate } from './markdown/certificate.ts'
import { tellDivergences } from './markdown/divergences.ts'
import { tellFailures } from './markdown/failures.ts'
import { tellFigureGroups, tellFinalFigures } from './markdown/final-figures.ts'
import { tellGuardAndReversal } from './markdown/second-run-and-rollback.ts'
import { tellHarness } from './markdown/harness.ts'
import { tellIsolation } from './markdown/isolation.ts'
import { tellProofs } from './markdown/proofs.ts'
import { tellRunResult } from './markdown/run-result.ts'
import { tellSkipped } from './markdown/skipped.ts'
import { escapeText } from './markdown/syntax.ts'
import { tellVerdict } from './markdown/verdict.ts'

/** The report that a person reads, from evidence alone. Where the verdict is not `pass`, what failed stands first. */
export function renderMarkdown(evidence: Evidence): string {
  const { name, startedAt } = evidence.rehearsal
  const blocks = [
    `# ${escapeText(name)}: rehearsal ${evidence.verdict.toUpperCase()} (${startedAt.slice(0, 10)})`,
    ...tellFailures(evidence),
    ...tellHarness(evidence),
    ...tellRunResult(evidence),
    ...tellFinalFigures(evidence),
    ...tellFigureGroups(evidence),
    ...tellDivergences(evidence),
    ...tellGuardAndReversal(evidence),
    ...tellProofs(evidence),
    ...tellIsolation(evidence),
    ...tellCertificate(evidence),
    ...tellSkipped(evidence),
    ...tellVerdict(evidence),
  ]
  return `${blocks.join('\n\n')}\n`
}
