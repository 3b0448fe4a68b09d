import type { TestRecord } from '../../evidence/schema.ts'
import { firstLine } from '../text.ts'
import { classNameOf, formatSeconds } from './names.ts'
import { element, type XmlElement } from './xml.ts'

export function renderTest(test: TestRecord): XmlElement {
  const attributes = {
    name: test.name,
    classname: classNameOf(test.file),
    time: formatSeconds(test.durationMs),
  }
  return element('testcase', attributes, renderOutcome(test))
}

/** One element for all failures of a test: CI servers read the first and drop the others. */
function renderOutcome(test: TestRecord): XmlElement[] {
  if (test.status === 'passed') return []
  if (test.status === 'skipped') {
    const reason = test.reason ?? 'no reason stated'
    return [element('skipped', { message: reason }, [reason])]
  }
  const [first] = test.failures
  const message = first ? firstLine(first.message) : `${test.status} without a message`
  const text = test.failures.map(describeFailure).join('\n\n') || message
  const kind = test.status === 'failed' ? 'failure' : 'error'
  return [element(kind, { message, type: typeOf(first?.stack, kind) }, [text])]
}

function describeFailure({ message, stack }: TestRecord['failures'][number]): string {
  if (stack === null) return message
  return stack.includes(message) ? stack : `${message}\n${stack}`
}

function typeOf(stack: string | null | undefined, kind: 'failure' | 'error'): string {
  return /^(\w*Error)\b/.exec(stack ?? '')?.[1] ?? (kind === 'failure' ? 'AssertionError' : 'Error')
}
