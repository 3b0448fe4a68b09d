import type { Evidence, Step, TestRecord } from '../../../harness/evidence/schema.ts'
import { makeEffect } from '../effect.ts'
import { libraryCertificate } from './library-certificate.ts'

/** The rehearsal of the lending library in which everything is as it should be. */
export function passLendingLibrary(): Evidence {
  return {
    schemaVersion: 4,
    verdict: 'pass',
    reasons: [],
    rehearsal: {
      name: 'Lending library',
      startedAt: '2026-06-03T08:12:30.000Z',
      durationMs: 38_214.62,
      selection: null,
    },
    versions: { PostgreSQL: '15.14', psql: '15.14', 'Dress Rehearsal': '0.1.0' },
    release: {
      files: [
        { path: 'release/run_all.sql', role: 'script', sha256: 'a'.repeat(64) },
        { path: 'release/tiers/t0_preflight.sql', role: 'tier', sha256: 'b'.repeat(64) },
        { path: 'release/tiers/t1_structure.sql', role: 'tier', sha256: 'c'.repeat(64) },
        { path: 'release/tiers/t2_loans.sql', role: 'tier', sha256: 'd'.repeat(64) },
        { path: 'release/rollback.sql', role: 'rollback', sha256: 'e'.repeat(64) },
      ],
    },
    deltas: [
      {
        kind: 'gate',
        title: 'the library board’s approval',
        file: null,
        line: null,
        canonical: null,
        variant: "INSERT INTO approvals (code) VALUES ('loans')",
      },
      ...['t0_preflight', 't1_structure'].map((tier) => ({
        kind: 'guard' as const,
        title: 'database-name guard',
        file: `release/tiers/${tier}.sql`,
        line: 12,
        canonical: "current_database() <> 'library'",
        variant: "current_database() <> 'library_rehearsal'",
      })),
      {
        kind: 'rollback-guard',
        title: 'database-name guard of the rollback',
        file: 'release/rollback.sql',
        line: 9,
        canonical: "current_database() <> 'library'",
        variant: "current_database() <> 'library_rehearsal'",
      },
    ],
    acts: [
      act('baseline', 'production measured', { after: entry, facts: { canarySqlState: '42501' } }),
      act('clone', 'production cloned', {
        before: {},
        after: entry,
        durationMs: 12_512,
        facts: { cloneBytes: 1_204_000_000, freeBytesBefore: 21_000_000_000, freeBytesAfter: 19_800_000_000 },
      }),
      act('divergence', 'golden and clone compared', { facts: { tablesCompared: 11 } }),
      act('second-run', 're-run refused', {
        before: seeded,
        after: seeded,
        facts: { exitCode: 3, error: { message: 'PREFLIGHT ABORT: loans already present (2 tables)' } },
      }),
      act('rollback-1', 'rollback restores the entry state', {
        before: seeded,
        after: gated,
        facts: { exitCode: 0, error: null },
        effect: makeEffect({
          dropped: [
            ['view', 'public.v_overdue'],
            ['table', 'public.loans'],
            ['table', 'public.loan_policies'],
          ],
        }),
      }),
      act('rollback-2', 'rollback is safe to run twice', {
        before: gated,
        after: gated,
        facts: { exitCode: 0 },
      }),
      act('isolation', 'production measured again', { before: entry, after: entry }),
    ],
    tiers: [
      tier('T0', 'preflight', {
        before: gated,
        after: gated,
        notice: 'approvals=1 waiting=96 lent=0 prereqs=present',
      }),
      tier('T1', 'structure', {
        before: gated,
        after: structured,
        notice: 'tables=2 views=1',
        effect: makeEffect({
          created: [
            ['index', 'public.loans_due'],
            ['table', 'public.loans'],
            ['table', 'public.loan_policies'],
            ['view', 'public.v_overdue'],
          ],
          rows: { loan_policies: { inserted: 6 } },
        }),
      }),
      tier('T2', 'loans seed', {
        before: structured,
        after: seeded,
        notice: 'new=24 waiting=0',
        effect: makeEffect({ rows: { loans: { inserted: 24 } } }),
      }),
    ],
    divergences: [
      {
        title: 'left loans',
        subject: 'loans',
        golden: 26,
        rehearsal: 24,
        declared: true,
        cause: 'two loans left by an experiment | closed since',
        rows: [
          { id: '25', copy_id: '1071', closed_on: '2026-06-02' },
          { id: '26', copy_id: '1090', closed_on: null },
        ],
      },
    ],
    notShown: [],
    allowances: [
      { kind: 'nondeterministic', subject: 'loans.made_at', reason: 'the time at which the release ran' },
    ],
    production: { before: entry, after: entry },
    certificate: libraryCertificate(),
    tests: [
      test('specs/baseline/entry.test.ts', 'counts 412,905 copies', 'baseline'),
      test('specs/tiers/t0-preflight.test.ts', 'finds the gate open', 'T0'),
      test('specs/tiers/t1-structure.test.ts', 'makes 2 tables and 1 view', 'T1'),
      test('specs/tiers/t2-loans.test.ts', 'lends 24 copies & leaves none waiting', 'T2'),
      test('specs/tiers/t2-loans.test.ts', 'touches nothing else', 'T2'),
      test('specs/divergence/golden.test.ts', 'has one declared divergence', 'divergence'),
      test('specs/second-run/rerun.test.ts', 'is refused with exit 3', 'second-run'),
      test('specs/rollback/rollback.test.ts', 'brings every measure back', 'rollback-1'),
      test('specs/isolation/production.test.ts', 'leaves production as it was', 'isolation'),
    ],
  }
}

export const entry = { members: 1_204, copies: 412_905, lent: 0, waiting: 96, overdue: null, idle: 0 }
export const gated = {
  ...entry,
  approvals: 1,
  'drift.late_return': null,
  'drift.lost_copy': null,
  'drift.double_loan': null,
  'drift.unpaid_fine': null,
}
const structured = {
  ...gated,
  overdue: 0,
  'drift.late_return': 0,
  'drift.lost_copy': 0,
  'drift.double_loan': 0,
  'drift.unpaid_fine': 0,
}
export const seeded = {
  ...structured,
  lent: 24,
  waiting: 0,
  overdue: 6,
  'drift.late_return': 5,
  'drift.lost_copy': 1,
}

const sections: Readonly<Record<string, Step['section']>> = {
  divergence: 'divergences',
  'second-run': 'second run and rollback',
  'rollback-1': 'second run and rollback',
  'rollback-2': 'second run and rollback',
  isolation: 'isolation',
}

function act(id: string, title: string, parts: Partial<Step> = {}): Step {
  return {
    id,
    title,
    kind: 'act',
    section: sections[id] ?? 'harness',
    status: 'performed',
    reason: null,
    problems: [],
    durationMs: 204.5,
    sqlMs: null,
    before: {},
    after: {},
    effect: null,
    needsSpec: false,
    notices: [],
    facts: {},
    ...parts,
  }
}

function tier(id: string, title: string, { notice, ...parts }: Partial<Step> & { notice: string }): Step {
  return {
    ...act(id, title, { durationMs: 120.4567, sqlMs: 48.2, ...parts }),
    kind: 'tier',
    notices: [{ severity: 'NOTICE', message: `${id} ${notice}`, file: `tiers/${id}.sql`, line: 40 }],
  }
}

function test(file: string, name: string, step: string): TestRecord {
  return {
    file,
    name,
    step,
    status: 'passed',
    durationMs: 12.34567,
    reason: null,
    failures: [],
    declares: null,
  }
}
