import type { Evidence } from '../../evidence/schema.ts'
import { formatTestCounts } from '../outcome.ts'
import { formatDuration } from '../units.ts'
import { formatVerdictLabel } from '../verdict-label.ts'
import { bullets, code, escapeText } from './syntax.ts'

export function renderVerdictSection(evidence: Evidence): string[] {
  const { verdict, reasons, tests, rehearsal, notShown } = evidence
  const why = verdict === 'pass' ? '' : ` ${escapeText(reasons[0] ?? 'No reason was recorded.')}`
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more, see above)` : ''
  return [
    '## Verdict',
    `**${escapeText(formatVerdictLabel(evidence))}.**${why}${more}`,
    ...(notShown.length === 0
      ? []
      : [
          'What was not declared, or cannot be shown here:',
          bullets(notShown.map(({ what, reason }) => `**${escapeText(what)}**: ${escapeText(reason)}`)),
        ]),
    `${formatTestCounts(tests)}; ${formatDuration(rehearsal.durationMs)}.`,
    ...(rehearsal.selection === null
      ? []
      : [`Only some of the specs were requested: ${code(rehearsal.selection)}.`]),
  ]
}
