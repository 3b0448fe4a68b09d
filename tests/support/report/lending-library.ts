import type { Evidence, Step, TestRecord } from '../../../harness/evidence/schema.ts'
import { makeEffect } from '../effect.ts'
import { entry, gated, passLendingLibrary, seeded } from './passing-library.ts'

export type LendingLibraryVariant = 'pass' | 'fail' | 'blocked' | 'unknown' | 'interrupted' | 'died'

/**
 * Evidence of an invented release: a lending library that starts to keep its loans in the database. `fail` has wrong
 * figures, an undeclared divergence and a changed production; in `blocked` psql fails in T1; in `unknown` the clone
 * could not be made; `interrupted` was stopped in T1; `died` ended before anything was collected.
 */
export function rehearseLendingLibrary(variant: LendingLibraryVariant): Evidence {
  const evidence = passLendingLibrary()
  if (variant === 'fail') spoilFigures(evidence)
  if (variant === 'blocked') failStructure(evidence)
  if (variant === 'unknown') loseClone(evidence)
  if (variant === 'interrupted') interrupt(evidence)
  if (variant === 'died') die(evidence)
  return evidence
}

const psqlFailure = [
  'psql: tiers/t1_structure.sql:42: ERROR:  relation "public.loans" already exists (42P07)',
  'hint: drop the table on production, or rename the one that the release makes',
].join('\n')

function spoilFigures(evidence: Evidence): void {
  const wrong = { ...seeded, lent: 23, waiting: 7 }
  evidence.verdict = 'fail'
  evidence.reasons = [
    'T2 loans seed: lent is 23, expected 24.',
    'Undeclared divergence: members is 1,204 in golden, 1,203 in the rehearsal.',
    'Production was changed during the rehearsal: copies was 412,905, is 412,906.',
  ]
  find(evidence.tiers, 'T2').after = wrong
  find(evidence.tiers, 'T2').effect = makeEffect({ rows: { loans: { inserted: 23 } } })
  evidence.divergences.push({
    title: null,
    subject: 'members',
    golden: 1_204,
    rehearsal: 1_203,
    declared: false,
    cause: null,
    rows: [],
  })
  evidence.production.after = { ...entry, copies: 412_906 }
  find(evidence.acts, 'isolation').problems = ['production: copies was 412905, is 412906']
  find(evidence.acts, 'isolation').after = { ...entry, copies: 412_906 }
  fail(evidence.tests, 'lends 24 copies & leaves none waiting', [
    'T2 loans seed: lent\n  expected 24\n  actual   23\n  query    SELECT count(*) FROM public.loans\n  at       release/tiers/t2_loans.sql:31',
  ])
  fail(evidence.tests, 'has one declared divergence', ['members: golden 1204, rehearsal 1203, not declared'])
  fail(evidence.tests, 'leaves production as it was', [
    'isolation: copies\n  expected 412905\n  actual   412906',
  ])
}

function failStructure(evidence: Evidence): void {
  evidence.verdict = 'fail'
  evidence.reasons = ['T1 structure failed: relation "public.loans" already exists.']
  Object.assign(find(evidence.tiers, 'T1'), { status: 'failed', reason: psqlFailure, after: gated })
  find(evidence.tiers, 'T1').effect = makeEffect()
  find(evidence.tiers, 'T1').notices = []
  skipStep(
    evidence.tiers,
    evidence.tests,
    'T2',
    'T1 structure failed: relation "public.loans" already exists',
  )
  skipStep(
    evidence.acts,
    evidence.tests,
    'divergence',
    'T1 structure failed: the release did not run to its end',
  )
  evidence.divergences = []
  fail(evidence.tests, 'makes 2 tables and 1 view', [psqlFailure])
}

function loseClone(evidence: Evidence): void {
  evidence.verdict = 'unknown'
  evidence.reasons = ['The clone could not be made: pg_dump: connection to server was lost.']
  Object.assign(find(evidence.acts, 'clone'), {
    status: 'error',
    reason: 'pg_dump: connection to server was lost\nhint: see the log of the cluster',
    after: {},
    facts: {},
  })
  for (const step of ['T0', 'T1', 'T2'])
    skipStep(evidence.tiers, evidence.tests, step, 'the clone was not made')
  for (const step of ['divergence', 'second-run', 'rollback-1', 'rollback-2'])
    skipStep(evidence.acts, evidence.tests, step, 'the clone was not made')
  evidence.divergences = []
}

function interrupt(evidence: Evidence): void {
  evidence.verdict = 'unknown'
  evidence.reasons = ['Interrupted by SIGINT while T1 structure ran.']
  stop(find(evidence.tiers, 'T1'), 'error', 'interrupted by SIGINT')
  for (const step of [find(evidence.tiers, 'T2'), ...evidence.acts.slice(2)])
    stop(step, 'pending', 'interrupted')
  evidence.divergences = []
  evidence.production.after = {}
  evidence.tests = evidence.tests.slice(0, 2)
}

function die(evidence: Evidence): void {
  evidence.verdict = 'unknown'
  evidence.reasons = ['The worker died before a spec file was loaded.', 'No test was collected.']
  Object.assign(evidence, { acts: [], tiers: [], divergences: [], deltas: [], tests: [] })
  evidence.production = { before: {}, after: {} }
  evidence.certificate = null
  evidence.rehearsal.durationMs = 0
}

function fail(tests: TestRecord[], name: string, messages: string[]): void {
  const record = tests.find((candidate) => candidate.name === name)
  if (!record) throw new Error(`the sample has no test "${name}"`)
  record.status = 'failed'
  record.failures = messages.map((message) => ({
    message,
    stack: `AssertionError: ${message}\n    at ${record.file}:7:5`,
  }))
}

function skipStep(steps: Step[], tests: TestRecord[], id: string, reason: string): void {
  stop(find(steps, id), 'blocked', reason)
  for (const record of tests) {
    if (record.step === id) Object.assign(record, { status: 'skipped', reason: `blocked: ${reason}` })
  }
}

function stop(step: Step, status: Step['status'], reason: string): void {
  Object.assign(step, { status, reason, after: {}, effect: null, notices: [], facts: {} })
}

function find(steps: Step[], id: string): Step {
  const step = steps.find((candidate) => candidate.id === id)
  if (!step) throw new Error(`the sample has no step "${id}"`)
  return step
}
