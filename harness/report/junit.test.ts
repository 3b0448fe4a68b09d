import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Evidence, TestRecord } from '../evidence/schema.ts'
import { renderJunit } from './junit.ts'
import { rehearseLendingLibrary } from '../../tests/support/report/lending-library.ts'
import { readXml, validateJunit } from '../../tests/support/report/junit-schema.ts'

const variants = ['pass', 'fail', 'blocked', 'unknown', 'interrupted', 'died'] as const

describe('JUnit report', () => {
  it.for(variants)('of a rehearsal that ended as %s is valid against the schema', (variant) => {
    expect(() => validateJunit(renderJunit(rehearseLendingLibrary(variant)))).not.toThrow()
  })

  it('has a suite for the run, then one per spec file in the order of the evidence', () => {
    const evidence = rehearseLendingLibrary('pass')
    expect(readXml(renderJunit(evidence), '/testsuites/testsuite/@name')).toEqual([
      'rehearsal',
      ...new Set(evidence.tests.map((test) => test.file)),
    ])
  })

  it.for(variants)('of a rehearsal that ended as %s holds every test exactly once', (variant) => {
    const evidence = rehearseLendingLibrary(variant)
    const names = readXml(renderJunit(evidence), '//testsuite[position() > 1]/testcase/@name')
    expect(names.toSorted()).toEqual(evidence.tests.map((test) => test.name).toSorted())
  })

  it('names a test by its file and its name', () => {
    const xml = renderJunit(rehearseLendingLibrary('pass'))
    expect(readXml(xml, '//testcase[@name="touches nothing else"]/@classname')).toEqual([
      'specs.tiers.t2-loans',
    ])
  })

  it('counts tests, failures, errors and skipped in each suite and failures in all', () => {
    const xml = renderJunit(rehearseLendingLibrary('blocked'))
    const suite = '//testsuite[@name="specs/tiers/t2-loans.test.ts"]'
    expect(
      readXml(xml, `${suite}/@tests | ${suite}/@failures | ${suite}/@errors | ${suite}/@skipped`),
    ).toEqual(['2', '0', '0', '2'])
    expect(readXml(xml, '/testsuites/@tests | /testsuites/@failures | /testsuites/@errors')).toEqual([
      '10',
      '2',
      '0',
    ])
  })

  it('gives the reason of a skipped test as attribute and as text', () => {
    const xml = renderJunit(rehearseLendingLibrary('blocked'))
    const skipped = '//testcase[@name="touches nothing else"]/skipped'
    const reason = 'blocked: T1 structure failed: relation "public.loans" already exists'
    expect(readXml(xml, `${skipped}/@message`)).toEqual([reason])
    expect(readXml(xml, skipped)).toEqual([reason])
  })

  it('gives message, type and whole text of a failure', () => {
    const xml = renderJunit(rehearseLendingLibrary('fail'))
    const failure = '//testcase[contains(@name, "24 copies")]/failure'
    expect(readXml(xml, `${failure}/@message`)).toEqual(['T2 loans seed: lent'])
    expect(readXml(xml, `${failure}/@type`)).toEqual(['AssertionError'])
    expect(readXml(xml, failure)[0]).toContain('release/tiers/t2_loans.sql:31')
  })

  it('tells all failures of a test in one element', () => {
    const evidence = withTest({
      status: 'failed',
      failures: [
        { message: 'lent is 23', stack: null },
        { message: 'waiting is 7', stack: 'Error: elsewhere' },
      ],
    })
    expect(readXml(renderJunit(evidence), '//testcase/failure')).toEqual([
      'lent is 23\n\nwaiting is 7\nError: elsewhere',
    ])
  })

  it('reports a file that could not be loaded as an error', () => {
    const evidence = withTest({
      status: 'error',
      step: null,
      failures: [{ message: 'no such module', stack: null }],
    })
    expect(readXml(renderJunit(evidence), '//testsuite[2]/testcase/error/@message')).toEqual([
      'no such module',
    ])
  })

  it('gives the measured figures of the step as properties of the suite, without commas', () => {
    const xml = renderJunit(rehearseLendingLibrary('pass'))
    const property = (name: string) =>
      readXml(
        xml,
        `//testsuite[@name="specs/tiers/t1-structure.test.ts"]/properties/property[@name="${name}"]/@value`,
      )
    expect(property('before.overdue')).toEqual(['absent'])
    expect(property('after.overdue')).toEqual(['0'])
    expect(property('after.copies')).toEqual(['412905'])
    expect(property('step')).toEqual(['T1 structure'])
  })

  it('tells the steps of a file apart where it belongs to two', () => {
    const evidence = rehearseLendingLibrary('pass')
    for (const test of evidence.tests) test.file = 'specs/all.test.ts'
    const xml = renderJunit(evidence)
    expect(readXml(xml, '//property[@name="T1.after.lent" or @name="T2.after.lent"]/@value')).toEqual([
      '0',
      '24',
    ])
  })

  it('gives what the stage itself found wrong with a step as a property', () => {
    const xml = renderJunit(rehearseLendingLibrary('fail'))
    expect(readXml(xml, '//property[@name="problem.1"]/@value')).toEqual([
      'production: copies was 412905, is 412906',
    ])
  })

  it('gives verdict and versions as properties of the run', () => {
    const xml = renderJunit(rehearseLendingLibrary('pass'))
    expect(readXml(xml, '//testsuite[@name="rehearsal"]//property[@name="verdict"]/@value')).toEqual(['pass'])
    expect(readXml(xml, '//property[@name="version.PostgreSQL"]/@value')).toEqual(['15.14'])
  })

  it('refuses two tests of one name in one file', () => {
    const evidence = rehearseLendingLibrary('pass')
    evidence.tests.push({ ...firstTest(evidence) })
    expect(() => renderJunit(evidence)).toThrowError(
      expect.objectContaining({
        code: 'EVIDENCE_INVALID',
        message: expect.stringContaining('counts 412,905 copies'),
      }),
    )
  })

  it('survives any text in names, reasons, messages and figures', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        const evidence = withTest({
          name: `n${text}`,
          status: 'failed',
          failures: [{ message: text, stack: text }],
        })
        evidence.reasons = [text]
        evidence.versions = { [text]: text }
        expect(() => validateJunit(renderJunit(evidence))).not.toThrow()
      }),
    )
  })

  it('gives text back as it was, but for colours, forbidden characters and passwords', () => {
    const evidence = withTest({
      status: 'skipped',
      reason: 'a ]]> b & <c> "d"\n\te\r\n\u001b[31mred\u001b[39m \u0000 \ud800 postgres://joe:s3cret@host/db',
    })
    const expected = 'a ]]> b & <c> "d"\n\te\r\nred � � postgres://joe:***@host/db'
    const xml = renderJunit(evidence)
    expect(readXml(xml, '//skipped')).toEqual([expected])
    expect(readXml(xml, '//skipped/@message')).toEqual([expected])
  })
})

describe('verdict test', () => {
  it('is there and green for pass', () => {
    const xml = renderJunit(rehearseLendingLibrary('pass'))
    expect(readXml(xml, '//testcase[@name="verdict"]')).toHaveLength(1)
    expect(readXml(xml, '//testcase[@name="verdict"]/*')).toEqual([])
  })

  it('is a failure with the reasons for fail', () => {
    const xml = renderJunit(rehearseLendingLibrary('fail'))
    expect(readXml(xml, '//testcase[@name="verdict"]/failure')[0]).toContain('Undeclared divergence: members')
  })

  it.for(['unknown', 'interrupted', 'died'] as const)('is an error with the reasons for %s', (variant) => {
    const evidence = rehearseLendingLibrary(variant)
    expect(readXml(renderJunit(evidence), '//testcase[@name="verdict"]/error')).toEqual([
      evidence.reasons.join('\n'),
    ])
  })

  it('is an error for a pass in which no test passed, or one failed', () => {
    const empty: Evidence = { ...rehearseLendingLibrary('pass'), tests: [] }
    const red: Evidence = { ...rehearseLendingLibrary('fail'), verdict: 'pass', reasons: [] }
    for (const evidence of [empty, red])
      expect(readXml(renderJunit(evidence), '//testcase[@name="verdict"]/error')).toHaveLength(1)
  })

  it('is red for a fail that gives no reason', () => {
    const evidence: Evidence = { ...rehearseLendingLibrary('pass'), verdict: 'unknown' }
    expect(readXml(renderJunit(evidence), '//testcase[@name="verdict"]/error')).toHaveLength(1)
  })
})

describe('JUnit schema', () => {
  const valid = renderJunit(rehearseLendingLibrary('fail'))
  it.for<[string, string, string]>([
    ['a time with four decimals', 'time="0.012"', 'time="0.0123"'],
    ['a time with commas', 'time="0.012"', 'time="1,000"'],
    ['properties in a test', '<failure', '<properties/><failure'],
    ['skipped on testsuites', '<testsuites ', '<testsuites skipped="0" '],
    ['file on a test', '<testcase ', '<testcase file="a.ts" '],
    ['id on a test', '<testcase ', '<testcase id="1" '],
    ['an unknown element', '<properties>', '<notes/><properties>'],
    ['a test without a name', '<testcase name="verdict" ', '<testcase '],
    ['a suite without a name', '<testsuite name="rehearsal" ', '<testsuite '],
    ['a suite without its count', ' tests="1" ', ' '],
    ['a property without a value', ' value="fail"', ''],
    [
      'a test twice',
      '<testcase name="touches nothing else"',
      '<testcase name="lends 24 copies &amp; leaves none waiting"',
    ],
  ])('refuses %s', ([, from, to]) => {
    expect(valid).toContain(from)
    expect(() => validateJunit(valid.replace(from, to))).toThrow()
  })
})

function withTest(parts: Partial<TestRecord>): Evidence {
  const evidence = rehearseLendingLibrary('pass')
  return { ...evidence, tests: [{ ...firstTest(evidence), ...parts }] }
}

function firstTest({ tests: [first] }: Evidence): TestRecord {
  if (!first) throw new Error('the sample has no test')
  return first
}
