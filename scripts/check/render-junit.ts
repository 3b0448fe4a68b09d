import { element, xmlDocument } from '../../harness/report/junit/xml.ts'
import type { StepResult } from './judge.ts'

/**
 * The JUnit file of the check: a test a step. A step whose failures its own JUnit file counts passes here, so that
 * nothing is counted twice; a step that failed in any other way fails here.
 */
export function renderCheckJunit(results: readonly StepResult[], startedAt: number): string {
  const cases = results.map(renderCase)
  const totals = {
    tests: cases.length,
    failures: cases.filter(({ children }) => children.length > 0).length,
    errors: 0,
    time: formatSeconds(results.reduce((sum, { durationMs }) => sum + durationMs, 0)),
  }
  const timestamp = new Date(startedAt).toISOString().replace('Z', '')
  const suite = element('testsuite', { name: 'check', ...totals, timestamp }, cases)
  return xmlDocument(element('testsuites', { name: 'check', ...totals }, [suite]))
}

function renderCase({ step, durationMs, fault, counts, output }: StepResult) {
  const name = step.junit === undefined ? `${step.name}: no fault found` : `${step.name}: ran to the end`
  const isCountedElsewhere = counts !== undefined && counts.failed > 0
  return element(
    'testcase',
    { classname: 'check', name, time: formatSeconds(durationMs) },
    fault === undefined || isCountedElsewhere ? [] : [element('failure', { message: fault }, [output])],
  )
}

function formatSeconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}
