import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Evidence } from '../evidence/schema.ts'
import { notSelected } from '../evidence/skip-reason.ts'
import { createTerminal, type TerminalDisplay, type TerminalOptions } from './terminal.ts'
import { rehearseLendingLibrary } from '../../tests/support/report/lending-library.ts'

const files = {
  junit: 'reports/junit.xml',
  evidence: 'reports/evidence.json',
  markdown: 'reports/rehearsal.md',
}
const variants = ['pass', 'fail', 'blocked', 'unknown', 'interrupted', 'died'] as const
const clone = { id: 'clone', title: 'production cloned', kind: 'act' } as const

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('terminal display', () => {
  it.for(variants.flatMap((variant) => [false, true].map((interactive) => ({ variant, interactive }))))(
    'of a run that ends as $variant has no line over 80 columns (live: $interactive)',
    ({ variant, interactive }) => {
      const screen = show(rehearseLendingLibrary(variant), { interactive, colour: interactive })
      expect(Math.max(...screen.lines.map((line) => line.length))).toBeLessThanOrEqual(80)
    },
  )

  it('has no line over its columns whatever a message holds', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.integer({ min: 20, max: 120 }), (text, columns) => {
        const evidence = rehearseLendingLibrary('fail')
        evidence.reasons = [text]
        for (const { failures } of evidence.tests) for (const failure of failures) failure.message = text
        for (const act of evidence.acts) act.problems = [text]
        const screen = show(evidence, { columns, colour: true })
        expect(Math.max(...screen.lines.map((line) => line.length))).toBeLessThanOrEqual(columns)
      }),
      { numRuns: 50 },
    )
  })

  it('shows a step with what moved in it and its time', () => {
    const { lines } = show(rehearseLendingLibrary('pass'))
    const line = lines.findIndex((text) => text.startsWith('✓ T2               loans seed '))
    expect(lines[line]?.endsWith(' 0.12 s')).toBe(true)
    expect(lines[line + 1]?.trim()).toBe('lent 0→24  waiting 96→0  overdue 0→6  drift.late_return 0→5')
    expect(lines[line + 2]?.trim()).toBe('drift.lost_copy 0→1  +24 loans')
  })

  it('shows three lines of what moved at most, and how much more there is', () => {
    const { display, read } = capture()
    const loans = rehearseLendingLibrary('pass').tiers.at(-1)!
    const branches = Array.from({ length: 30 }, (_, index) => [`branch_${index + 10}`, index + 1] as const)
    const none = branches.map(([name]) => [name, 0] as const)
    display.stepFinished({
      ...loans,
      before: Object.fromEntries(none),
      after: Object.fromEntries(branches),
      effect: null,
    })
    const { lines } = read()
    expect(lines).toHaveLength(4)
    expect(lines[1]?.trim()).toBe('branch_10 0→1  branch_11 0→2  branch_12 0→3  branch_13 0→4')
    expect(lines.at(-1)?.trim()).toBe('branch_18 0→9  branch_19 0→10  branch_20 0→11  … 19 more')
  })

  it('shows the refusal of a second run with psql’s exit and last line', () => {
    expect(show(rehearseLendingLibrary('pass')).text).toContain(
      'exit 3  PREFLIGHT ABORT: loans already present (2 tables)',
    )
  })

  it('ends a pass with a line that counts tests, tiers and divergences', () => {
    expect(show(rehearseLendingLibrary('pass')).lines.at(-1)).toBe(
      'PASS  Lending library: 9 tests, 3 tiers, 1 declared divergence, 38.2 s',
    )
  })

  it.for([
    ['fail', 'FAIL  Lending library: T2 loans seed: lent is 23, expected 24. (and 2 more)'],
    ['interrupted', 'UNKNOWN  Lending library: Interrupted by SIGINT while T1 structure ran.'],
    ['died', 'UNKNOWN  Lending library: The worker died before a spec file was loaded. (and 1…'],
  ] as const)('ends a run that ended as %s with its first reason', ([variant, line]) => {
    expect(show(rehearseLendingLibrary(variant)).lines.at(-1)).toBe(line)
  })

  it('shows a failed test at once in short and at the end whole', () => {
    const { text } = show(rehearseLendingLibrary('fail'))
    expect(text).toContain('    ✗ lends 24 copies & leaves none waiting: T2 loans seed: lent\n')
    expect(text).toContain(
      [
        '✗ T2 lends 24 copies & leaves none waiting',
        '    specs/tiers/t2-loans.test.ts:7',
        '    T2 loans seed: lent',
        '      expected 24',
        '      actual   23',
        '      query    SELECT count(*) FROM public.loans',
        '      at       release/tiers/t2_loans.sql:31',
      ].join('\n'),
    )
  })

  it('shows what the stage itself found wrong, though no test says so', () => {
    const evidence = rehearseLendingLibrary('fail')
    evidence.tests = []
    expect(show(evidence).text).toContain(
      '✗ isolation production measured again\n    production: copies was 412905, is 412906\n',
    )
  })

  it('says once why a tier was not performed, and counts the tests that it blocked', () => {
    const { text } = show(rehearseLendingLibrary('unknown'))
    expect(text).toContain('- T1               structure  blocked: the clone was not made\n')
    expect(text).toContain('- 7 tests of 6 files skipped: blocked: the clone was not made\n')
    expect(text).not.toContain('- skipped in')
  })

  it('shows a skip for a reason of its own at once, but not again for the next test of the file', () => {
    const { display, read } = capture()
    const [test] = rehearseLendingLibrary('pass').tests
    for (const name of ['one', 'two'])
      if (test) display.testFinished({ ...test, name, status: 'skipped', reason: 'needs a second server' })
    expect(read().lines).toEqual(['    - skipped in specs/baseline/entry.test.ts: needs a second server'])
  })

  it('shows nothing of a test that was not asked for', () => {
    const { display, read } = capture()
    const [test] = rehearseLendingLibrary('pass').tests
    display.testFinished({ ...test!, status: 'skipped', reason: notSelected('-t "x"') })
    expect(read().raw).toBe('')
  })

  it('shows nothing of a test that passed', () => {
    const { display, read } = capture()
    for (const test of rehearseLendingLibrary('pass').tests) display.testFinished(test)
    expect(read().text).toBe('')
  })

  it('names the reports and the notes', () => {
    const { text } = show(rehearseLendingLibrary('pass'))
    expect(text).toContain('Reports  reports/junit.xml  reports/evidence.json  reports/rehearsal.md\n')
    expect(text).toContain('Note     the clone is kept\n')
  })

  it('says how many spec files run, and which part was asked for', () => {
    const { display, read } = capture()
    display.start({ name: 'Lending library', specs: 1, selection: 'specs/tiers/t1' })
    expect(read().lines[0]).toBe('Lending library: rehearsal of 1 spec file, only specs/tiers/t1')
  })

  it('shows no password, wherever one stands', () => {
    const evidence = rehearseLendingLibrary('fail')
    const leak = 'postgres://joe:s3cret@host/db PGPASSWORD=s3cret password=s3cret'
    evidence.reasons = [leak]
    for (const step of [...evidence.acts, ...evidence.tiers]) {
      Object.assign(step, { problems: [leak], facts: { error: { message: leak } } })
    }
    for (const { failures } of evidence.tests) for (const failure of failures) failure.message = leak
    const { display, read } = capture({ interactive: true })
    display.stepStarted(clone)
    display.stepProgress({ id: 'clone', message: leak })
    expect(read().text).toContain('***')
    expect(read().text + show(evidence).text).not.toContain('s3cret')
  })
})

describe('colour', () => {
  it('is there when asked for, and changes nothing but colour', () => {
    const plain = show(rehearseLendingLibrary('fail'), { colour: false })
    const coloured = show(rehearseLendingLibrary('fail'), { colour: true })
    expect(coloured.raw).toContain('\u001b[31m')
    expect(plain.raw).not.toContain('\u001b')
    expect(coloured.text).toBe(plain.text)
  })

  it('is not there when refused, even where lines are live', () => {
    const { raw } = show(rehearseLendingLibrary('fail'), { interactive: true, colour: false })
    expect(raw.replaceAll('\r\u001b[2K', '')).not.toContain('\u001b')
  })
})

describe('progress on a terminal', () => {
  it('is one live line with a spinner and the time, gone when the step has ended', () => {
    const { display, read } = capture({ interactive: true, colour: false })
    display.stepStarted(clone)
    display.stepProgress({ id: 'clone', message: '118,000 of 412,905 rows' })
    vi.advanceTimersByTime(2_000)
    const before = read().raw
    expect(before.slice(before.lastIndexOf('\r\u001b[2K'))).toBe(
      '\r\u001b[2K⠋ clone production cloned: 118,000 of 412,905 rows 2.0 s',
    )
    expect(before).not.toContain('\n')
    display.stepFinished(findClone())
    const after = read().raw.slice(before.length)
    expect(after.startsWith('\r\u001b[2K✓ clone ')).toBe(true)
    vi.advanceTimersByTime(5_000)
    expect(read().raw.length).toBe(before.length + after.length)
  })

  it('stays below what is printed meanwhile', () => {
    const { display, read } = capture({ interactive: true, colour: false })
    display.stepStarted(clone)
    const [test] = rehearseLendingLibrary('pass').tests
    if (test) display.testFinished({ ...test, status: 'skipped', reason: 'not today' })
    expect(read().raw).toMatch(/\r\u001b\[2K {4}- skipped in [^\n]+not today\n\r\u001b\[2K⠋ clone [^\n]+$/)
  })

  it('is never as wide as the terminal, which would wrap it', () => {
    const { display, read } = capture({ interactive: true, colour: false, columns: 40 })
    display.stepStarted(clone)
    display.stepProgress({ id: 'clone', message: 'x '.repeat(100) })
    const last = read().raw.split('\r\u001b[2K').at(-1) ?? ''
    expect([...last].length).toBeLessThan(40)
    expect(last).toContain('…')
  })

  it('stops with the run, so that nothing is drawn over the verdict', () => {
    const { display, read } = capture({ interactive: true })
    display.stepStarted(clone)
    display.finish(rehearseLendingLibrary('interrupted'), { files })
    const ended = read().raw
    vi.advanceTimersByTime(5_000)
    expect(read().raw).toBe(ended)
  })
})

describe('progress without a terminal', () => {
  it('says nothing of a step that takes less than 5 s', () => {
    const { display, read } = capture()
    display.stepStarted(clone)
    display.stepProgress({ id: 'clone', message: '118,000 of 412,905 rows' })
    vi.advanceTimersByTime(4_900)
    expect(read().text).toBe('')
  })

  it('says what a longer step is at after 5 s, then every 10 s, in whole lines', () => {
    const { display, read } = capture()
    display.stepStarted(clone)
    vi.advanceTimersByTime(5_000)
    display.stepProgress({ id: 'clone', message: '118,000 of 412,905 rows' })
    vi.advanceTimersByTime(9_900)
    display.stepProgress({ id: 'clone', message: '390,000 of 412,905 rows' })
    vi.advanceTimersByTime(100)
    expect(read().lines).toEqual([
      '  clone production cloned … 5.0 s',
      '  clone production cloned: 390,000 of 412,905 rows … 15.0 s',
    ])
    expect(read().raw).not.toContain('\r')
  })

  it('ignores a word of a step that does not run any more', () => {
    const { display, read } = capture()
    display.stepStarted({ id: 'T0', title: 'preflight', kind: 'tier' })
    display.stepProgress({ id: 'clone', message: 'late' })
    vi.advanceTimersByTime(5_000)
    expect(read().lines).toEqual(['  T0 preflight … 5.0 s'])
  })
})

function show(evidence: Evidence, options: Partial<TerminalOptions> = {}) {
  const { display, read } = capture(options)
  const { name, selection } = evidence.rehearsal
  display.start({ name, specs: new Set(evidence.tests.map((test) => test.file)).size, selection })
  for (const step of [...evidence.acts.slice(0, 2), ...evidence.tiers, ...evidence.acts.slice(2)]) {
    display.stepStarted(step)
    vi.advanceTimersByTime(200)
    display.stepFinished(step)
    for (const test of evidence.tests) if (test.step === step.id) display.testFinished(test)
  }
  display.finish(evidence, { files, notes: ['the clone is kept'] })
  return read()
}

/** A stream that keeps what it is given; `lines` are as a person sees them once all is written. */
function capture(options: Partial<TerminalOptions> = {}) {
  let raw = ''
  const stream = { write: (text: string) => (raw += text) }
  const display: TerminalDisplay = createTerminal({ columns: 80, colour: false, stream, ...options })
  const read = () => {
    const shown = raw.split('\n').map((line) => line.slice(line.lastIndexOf('\r\u001b[2K') + 1))
    const text = stripVTControlCharacters(shown.join('\n'))
    return { raw, text, lines: text.replace(/\n$/, '').split('\n') }
  }
  return { display, read }
}

function findClone() {
  const step = rehearseLendingLibrary('pass').acts.find((act) => act.id === 'clone')
  if (!step) throw new Error('the sample has no clone')
  return step
}
