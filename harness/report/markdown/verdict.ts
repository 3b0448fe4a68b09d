import type { Evidence } from '../../evidence/schema.ts'
import { formatTestCounts } from '../outcome.ts'
import { formatDuration } from '../units.ts'
import { code, escapeText } from './syntax.ts'

export function renderVerdictSection({ verdict, reasons, tests, rehearsal }: Evidence): string[] {
  const why = verdict === 'pass' ? '' : ` ${escapeText(reasons[0] ?? 'No reason was recorded.')}`
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more, see above)` : ''
  return [
    '## Verdict',
    `**${verdict.toUpperCase()}.**${why}${more}`,
    `${formatTestCounts(tests)}; ${formatDuration(rehearsal.durationMs)}.`,
    ...(rehearsal.selection === null ? [] : [`Only a part was asked for: ${code(rehearsal.selection)}.`]),
  ]
}
