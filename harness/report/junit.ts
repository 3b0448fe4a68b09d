import type { Evidence, TestRecord } from '../evidence/schema.ts'
import { RehearsalError } from '../errors.ts'
import { describeRun, describeSteps } from './junit/properties.ts'
import { renderTest } from './junit/test-case.ts'
import { renderVerdict } from './junit/verdict-case.ts'
import { classNameOf, formatSeconds } from './junit/names.ts'
import { element, type XmlElement, xmlDocument } from './junit/xml.ts'

/**
 * The JUnit report, valid against Jenkins' junit-10 schema: the suite `rehearsal` with the versions and one test
 * `verdict`, then a suite per spec file in the order of the evidence. Throws if two tests would have the same name.
 */
export function renderJunit(evidence: Evidence): string {
  refuseDuplicates(evidence.tests)
  const files = [...new Set(evidence.tests.map((test) => test.file))]
  const suites = [runSuite(evidence), ...files.map((file) => fileSuite(evidence, file))]
  const totals = { tests: 0, failures: 0, errors: 0 }
  for (const { attributes } of suites) {
    totals.tests += Number(attributes.tests)
    totals.failures += Number(attributes.failures)
    totals.errors += Number(attributes.errors)
  }
  const time = formatSeconds(evidence.rehearsal.durationMs)
  return xmlDocument(element('testsuites', { name: evidence.rehearsal.name, ...totals, time }, suites))
}

function runSuite(evidence: Evidence): XmlElement {
  return suite('rehearsal', evidence, describeRun(evidence), [renderVerdict(evidence)], 0)
}

function fileSuite(evidence: Evidence, file: string): XmlElement {
  const tests = evidence.tests.filter((test) => test.file === file)
  const durationMs = tests.reduce((sum, test) => sum + test.durationMs, 0)
  return suite(file, evidence, describeSteps(evidence, tests), tests.map(renderTest), durationMs)
}

function suite(
  name: string,
  evidence: Evidence,
  properties: readonly XmlElement[],
  cases: readonly XmlElement[],
  durationMs: number,
): XmlElement {
  const countCases = (child: string) =>
    cases.filter(({ children }) => children.some((c) => typeof c !== 'string' && c.name === child)).length
  const attributes = {
    name,
    tests: cases.length,
    failures: countCases('failure'),
    errors: countCases('error'),
    skipped: countCases('skipped'),
    time: formatSeconds(durationMs),
    timestamp: evidence.rehearsal.startedAt,
  }
  return element('testsuite', attributes, [element('properties', {}, properties), ...cases])
}

function refuseDuplicates(tests: readonly TestRecord[]): void {
  const seen = new Map<string, string>()
  for (const { file, name } of tests) {
    const identity = JSON.stringify([classNameOf(file), name])
    const earlier = seen.get(identity)
    if (earlier !== undefined) {
      throw new RehearsalError(
        'EVIDENCE_INVALID',
        `Two tests would have the same name in JUnit: "${name}" of ${earlier} and of ${file}.`,
        {
          hint: 'Give the test or its file another name.',
          details: { file, name },
        },
      )
    }
    seen.set(identity, file)
  }
}
