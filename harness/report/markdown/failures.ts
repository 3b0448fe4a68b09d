import type { Evidence, Step, TestRecord } from '../../evidence/schema.ts'
import { findFaults, findFailedSteps, findFailedTests, locate } from '../outcome.ts'
import { renderTitle } from './acts.ts'
import { bullets, code, codeBlock, escapeText } from './syntax.ts'

/** What failed: reasons of the verdict, steps with their whole message, tests with theirs. Nothing for a pass. */
export function renderFailures(evidence: Evidence): string[] {
  const steps = findFailedSteps(evidence)
  const tests = findFailedTests(evidence)
  if (evidence.verdict === 'pass' && steps.length === 0 && tests.length === 0) return []
  return [
    evidence.verdict === 'unknown' ? '## What could not be determined' : '## What failed',
    bullets(evidence.reasons.length > 0 ? evidence.reasons.map(escapeText) : ['No reason was recorded.']),
    ...steps.flatMap((step) => renderStep(step, evidence)),
    ...tests.flatMap((test) => renderTest(test, steps)),
  ]
}

function renderStep(step: Step, evidence: Evidence): string[] {
  return [renderTitle(step, evidence), codeBlock(findFaults(step).join('\n') || 'no reason recorded')]
}

/** A message that its step has already reported is not repeated. */
function renderTest(test: TestRecord, reported: readonly Step[]): string[] {
  const { name, status, failures } = test
  const reason = reported.find((step) => step.id === test.step)?.reason
  const isReported = failures.length > 0 && failures.every((failure) => failure.message === reason)
  const messages = failures.map((failure) => codeBlock(failure.message))
  return [
    `**${escapeText(name)}** ${status === 'failed' ? 'FAIL' : 'ERROR'} in ${code(locate(test))}${isReported ? ', with the same message' : ''}`,
    ...(isReported ? [] : messages.length > 0 ? messages : [codeBlock('no message recorded')]),
  ]
}
