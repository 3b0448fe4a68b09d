import type { Evidence, Step, TestRecord } from '../../evidence/schema.ts'
import {
  countDeclared,
  findFailedSteps,
  findFailedTests,
  findFaults,
  formatTestCounts,
  groupSkipped,
  locate,
} from '../outcome.ts'
import { briefly, plainText } from '../text.ts'
import { formatVerdictLabel } from '../verdict-label.ts'
import { formatCount, formatDuration } from '../units.ts'
import type { Prose } from './prose.ts'
import type { Style } from './style.ts'

export interface ReportFiles {
  readonly junit: string
  readonly evidence: string
  readonly markdown: string
}

const label = ' '.repeat(9)

/** Failures whole, skips, counts, reports, notes; the verdict last. */
export function formatSummary(
  evidence: Evidence,
  files: ReportFiles,
  notes: readonly string[],
  prose: Prose,
  style: Style,
): string[] {
  const tests = findFailedTests(evidence)
  return [
    ...findUndeclaredSteps(evidence, tests).flatMap((step) => [...formatFailedStep(step, prose, style), '']),
    ...tests.flatMap((test) => [...formatFailedTest(test, prose, style), '']),
    ...formatSkipped(evidence.tests, prose, style),
    ...formatReasons(evidence, prose),
    ...formatNotShown(evidence, prose),
    ...prose.wrap(`Tests    ${formatTestCounts(evidence.tests)}`, label),
    ...prose.wrap(`Reports  ${Object.values(files).join('  ')}`, label),
    // A command, indented, stays on its line: it is there to be copied.
    ...notes.flatMap((note) =>
      note.startsWith('  ') ? [plainText(note)] : prose.wrap(`Note     ${plainText(note)}`, label),
    ),
    '',
    formatVerdict(evidence, prose, style),
  ]
}

/** Failed steps whose message no test repeats. */
function findUndeclaredSteps(evidence: Evidence, tests: readonly TestRecord[]): Step[] {
  const messages = tests.flatMap((test) => test.failures.map((failure) => failure.message))
  return findFailedSteps(evidence).filter(
    (step) => !findFaults(step).every((fault) => messages.includes(fault)),
  )
}

function formatFailedStep(step: Step, prose: Prose, style: Style): string[] {
  const paint = step.status === 'error' ? style.unsure : style.bad
  const mark = step.status === 'error' ? '!' : '✗'
  return [
    ...prose.wrap(`${mark} ${step.id} ${step.title}`, '    ').map(paint),
    ...findFaults(step).flatMap((fault) => prose.indent(plainText(fault), '    ')),
  ]
}

function formatFailedTest(test: TestRecord, prose: Prose, style: Style): string[] {
  const paint = test.status === 'error' ? style.unsure : style.bad
  const mark = test.status === 'error' ? '!' : '✗'
  return [
    ...prose.wrap(`${mark} ${test.step ?? ''} ${plainText(test.name)}`, '    ').map(paint),
    ...prose.wrap(`    ${locate(test)}`, '    ').map(style.dim),
    ...test.failures.flatMap((failure) => prose.indent(plainText(failure.message), '    ')),
  ]
}

/** One line per reason: a failed tier may have blocked a hundred tests. */
function formatSkipped(tests: readonly TestRecord[], prose: Prose, style: Style): string[] {
  const groups = groupSkipped(tests)
  const lines = [...new Set(groups.map((group) => group.reason))].flatMap((reason) => {
    const files = groups.filter((group) => group.reason === reason)
    const count = files.reduce((sum, group) => sum + group.count, 0)
    const where = files.length === 1 ? (files[0]?.file ?? '') : formatCount(files.length, 'file')
    return prose.wrap(
      `- ${formatCount(count, 'test')} of ${where} skipped: ${briefly(plainText(reason))}`,
      '  ',
    )
  })
  return lines.length > 0 ? [...lines.map(style.dim), ''] : []
}

function formatReasons({ verdict, reasons }: Evidence, prose: Prose): string[] {
  if (verdict === 'pass' || reasons.length === 0) return []
  return [
    ...reasons.flatMap((reason, index) => {
      const [first = '', ...rest] = plainText(reason).split(/\r?\n/)
      return [
        ...prose.wrap(`${index === 0 ? 'Reasons  ' : label}${first}`, label),
        ...rest.flatMap((line) => prose.indent(line, `${label}  `)),
      ]
    }),
    '',
  ]
}

/** What the rehearsal shows nothing about, with what follows from it. */
function formatNotShown({ notShown }: Evidence, prose: Prose): string[] {
  const lines = notShown.flatMap(({ reason }) => prose.wrap(`- not shown: ${plainText(reason)}`, '  '))
  return lines.length > 0 ? [...lines, ''] : []
}

/** One line whatever its length: scripts and people look at the last one. */
function formatVerdict(evidence: Evidence, prose: Prose, style: Style): string {
  const { verdict, reasons, rehearsal, tests, tiers, divergences } = evidence
  const paint = { pass: style.good, fail: style.bad, unknown: style.unsure }[verdict]
  const label = formatVerdictLabel(evidence)
  const declared = countDeclared(divergences)
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : ''
  const facts = [
    formatCount(tests.length, 'test'),
    formatCount(tiers.length, 'tier'),
    formatCount(declared, 'declared divergence'),
    formatDuration(rehearsal.durationMs),
  ].join(', ')
  const why =
    verdict === 'pass'
      ? facts
      : `${plainText((reasons[0] ?? 'no reason was recorded').split('\n')[0] ?? '')}${more}`
  return (
    style.bold(paint(label)) +
    '  ' +
    prose.cut(`${rehearsal.name}: ${why}`, prose.columns() - label.length - 2)
  )
}
