import type { Step, TestRecord } from '../../evidence/schema.ts'
import { isNotSelected } from '../../evidence/skip-reason.ts'
import { briefly, firstLine, plainText } from '../text.ts'
import type { LiveLine } from './live-line.ts'
import type { Prose } from './prose.ts'
import type { Style } from './style.ts'

export interface TestLog {
  /** Takes note of a step that was shown with its reason: tests skipped for the same one need not repeat it. */
  noteStep(step: Step): void
  record(test: TestRecord): void
}

const hang = ' '.repeat(6)

/** Shows failures at once, the first of the skipped tests of a file that share a reason, and of passes nothing. */
export function createTestLog(live: LiveLine, prose: Prose, style: Style): TestLog {
  const shownReasons = new Map<string, string>()
  let lastSkip = ''

  const recordSkip = ({ file, step, reason }: TestRecord) => {
    const stated = plainText(reason ?? 'no reason stated')
    const stepReason = step === null ? undefined : shownReasons.get(step)
    const skip = `skipped in ${file}: ${stated}`
    if (
      skip === lastSkip ||
      isNotSelected(stated) ||
      (stepReason !== undefined && stated.includes(stepReason))
    )
      return
    lastSkip = skip
    live.print(...prose.wrap(`    - skipped in ${file}: ${briefly(stated)}`, hang).map(style.dim))
  }

  return {
    noteStep({ id, status, reason }) {
      if ((status === 'blocked' || status === 'pending') && reason !== null)
        shownReasons.set(id, plainText(reason))
    },
    record(test) {
      if (test.status === 'passed') return
      if (test.status === 'skipped') return recordSkip(test)
      const message = firstLine(plainText(test.failures[0]?.message ?? ''))
      const mark = test.status === 'failed' ? '✗' : '!'
      const text = `    ${mark} ${plainText(test.name)}${message === '' ? '' : `: ${message}`}`
      live.print(...prose.wrap(text, hang).map(test.status === 'failed' ? style.bad : style.unsure))
    },
  }
}
