import type { Step, TestRecord, Verdict } from './schema.ts'

/** Name of the test of the step itself, the first in every spec file; on its own it shows no figure. */
export const stepTestName = 'is performed, and the harness finds no problem'

/** Something that went wrong outside of acts and tests, and what it makes of the verdict. */
export interface Fault {
  readonly verdict: Exclude<Verdict, 'pass'>
  readonly reason: string
}

export interface Findings {
  /** Every act and tier, in order. */
  readonly steps: readonly Step[]
  readonly tests: readonly TestRecord[]
  /** Spec files that were there at the start. */
  readonly specFiles: readonly string[]
  /** What of the specs was asked for; null for all. */
  readonly selection: string | null
  readonly faults: readonly Fault[]
  /** What interrupted the run, which makes of every failure a doubt; null where nothing did. */
  readonly interruption: string | null
}

/**
 * Judges a run. `fail` where something was shown to be wrong, else `unknown` where anything is missing: a step not
 * performed or without a passed test, a spec file without tests, a test that was skipped, trouble of the harness.
 */
export function judge(findings: Findings): { verdict: Verdict; reasons: string[] } {
  const { steps, tests, faults } = findings
  const failures = [
    ...faults.filter(({ verdict }) => verdict === 'fail').map(({ reason }) => reason),
    // What failed outright blocks what comes later; else a cause comes before what follows from it.
    ...steps.flatMap(describeFailedStep),
    ...steps.flatMap((step) => describeFaults(step, tests)),
    ...tests.filter(({ step }) => !steps.some(({ id }) => id === step)).flatMap(describeFailedTest),
  ]
  const doubts = [
    ...faults.filter(({ verdict }) => verdict === 'unknown').map(({ reason }) => reason),
    ...steps
      .filter(({ status }) => status === 'error')
      .map(({ id, reason }) => `${id}: ${firstLine(reason)}`),
    ...tests
      .filter(({ status }) => status === 'error')
      .map(
        ({ file, name, failures: [failure], reason }) =>
          `${file}: ${name}: ${firstLine(failure?.message ?? reason)}`,
      ),
    ...findGaps(findings),
  ]
  const { interruption } = findings
  if (interruption !== null) {
    // That explains what did not run; what else went wrong may be worth knowing.
    const others = faults.filter(({ verdict }) => verdict === 'unknown').map(({ reason }) => reason)
    return { verdict: 'unknown', reasons: unique([interruption, ...failures, ...others]) }
  }
  if (failures.length > 0) return { verdict: 'fail', reasons: unique([...failures, ...doubts]) }
  return doubts.length > 0
    ? { verdict: 'unknown', reasons: unique(doubts) }
    : { verdict: 'pass', reasons: [] }
}

function describeFailedStep({ id, status, reason }: Step): string[] {
  return status === 'failed' ? [`${id} failed: ${firstLine(reason)}`] : []
}

/** A step's problems and its failed tests; the test of the step itself does not repeat the step's problems. */
function describeFaults({ id, status, problems }: Step, tests: readonly TestRecord[]): string[] {
  const isReported = status === 'failed' || problems.length > 0
  return [
    ...problems.map((problem) => `${id}: ${problem}`),
    ...tests
      .filter(({ step, name }) => step === id && !(isReported && name.endsWith(stepTestName)))
      .flatMap(describeFailedTest),
  ]
}

function describeFailedTest({ status, name, failures: [failure] }: TestRecord): string[] {
  return status === 'failed' ? [`${name}: ${firstLine(failure?.message ?? null)}`] : []
}

/** What is missing for a verdict. */
function findGaps({ steps, tests, specFiles, selection }: Findings): string[] {
  if (tests.length === 0) return ['no test ran']
  if (selection !== null) return [`only some of the specs were requested: ${selection}`]
  // Tests of a step that was not performed are skipped with it: the step itself is reported.
  const notPerformed = new Set<string | null>(
    steps.filter(({ status }) => status !== 'performed').map(({ id }) => id),
  )
  const passed = tests.filter(({ status }) => status === 'passed')
  return [
    ...describeByReason(
      steps.filter(({ status }) => status === 'blocked'),
      ({ id }) => id,
      'not performed',
    ),
    ...steps
      .filter(({ status }) => status === 'pending')
      .map(({ id }) => `${id} was not performed: no spec requests it`),
    ...steps.filter(({ status }) => status === 'performed').flatMap((step) => findUndeclared(step, tests)),
    ...specFiles
      .filter((specFile) => !tests.some(({ file }) => file === specFile))
      .map((specFile) => `${specFile} defines no test`),
    ...passed
      .filter(({ step }) => step === null)
      .map(({ file, name }) => `${file}: ${name}: it does not belong to an act or tier`),
    ...describeByReason(
      tests.filter(({ status, step }) => status === 'skipped' && !notPerformed.has(step)),
      ({ name }) => name,
      'skipped',
    ),
  ]
}

/** What no spec shows of a performed step; a failed spec of the step is reported instead. */
function findUndeclared({ id, effect, needsSpec }: Step, tests: readonly TestRecord[]): string[] {
  const all = tests.filter(({ step }) => step === id)
  // The test of an act that judges itself is enough, where no spec says more.
  const own = needsSpec || all.length > 1 ? all.filter(({ name }) => !name.endsWith(stepTestName)) : all
  if (own.some(({ status }) => status === 'failed' || status === 'error')) return []
  const passed = own.filter(({ status }) => status === 'passed')
  if (passed.length === 0) return [`${id} has no spec that passed`]
  return effect === null || !needsSpec || passed.some(({ declares }) => declares !== null)
    ? []
    : [`the effect of ${id} is not declared by any spec that passed: npx rehearse effect ${id} prints it`]
}

/** One sentence for all that share a reason. */
function describeByReason<T extends { readonly reason: string | null }>(
  items: readonly T[],
  nameOf: (item: T) => string,
  what: string,
): string[] {
  return unique(items.map(({ reason }) => firstLine(reason))).map((shared) => {
    const names = items.filter(({ reason }) => firstLine(reason) === shared).map(nameOf)
    return `${what}: ${names.slice(0, 12).join(', ')}${names.length > 12 ? ` and ${names.length - 12} more` : ''} (${shared})`
  })
}

function firstLine(text: string | null): string {
  return (text ?? 'no reason given').split('\n')[0]!
}

function unique(reasons: readonly string[]): string[] {
  return [...new Set(reasons)]
}
