import type { Evidence } from '../../evidence/schema.ts'
import { groupSkipped } from '../outcome.ts'
import { formatCount } from '../units.ts'
import { bullets, code, escapeText } from './syntax.ts'

/** Tests that did not run, by file, with the reason. */
export function renderSkipped({ tests }: Evidence): string[] {
  const groups = groupSkipped(tests)
  if (groups.length === 0) return []
  return [
    '## Skipped',
    bullets(
      groups.map(
        ({ file, reason, count }) => `${code(file)}, ${formatCount(count, 'test')}: ${escapeText(reason)}`,
      ),
    ),
  ]
}
