import { describe, expect, it } from 'vitest'
import type { Evidence } from '../evidence/schema.ts'
import { renderMarkdown } from './markdown.ts'
import { rehearseLendingLibrary } from '../../tests/support/report/lending-library.ts'

describe('Markdown report of a pass', () => {
  const report = renderMarkdown(rehearseLendingLibrary('pass'))

  it('tells the sections in the order of a rehearsal', () => {
    expect(headingsOf(report)).toEqual([
      '# Lending library: rehearsal PASS (2026-06-03)',
      '## Harness',
      '## Run result: PASS, end to end, all 3 tiers',
      '## Tier-2 table',
      '## Drift: 6 in all',
      '## Divergences: 1 declared',
      '### Left loans: 2 rows show it',
      '## Second run and rollback',
      '## Production isolation',
      '## Production certificate',
      '## Verdict',
    ])
  })

  it('tells the entry baseline with commas between thousands', () => {
    expect(report).toContain(
      '- Entry baseline: `members=1,204 copies=412,905 lent=0 waiting=96 overdue=absent idle=0`.',
    )
  })

  it('tells each delta: what, where, canonical, on the clone', () => {
    expect(report).toContain(
      'differs from the canonical one in 4 places (gate 1, guard 2, guard of the rollback 1):',
    )
    expect(report).toContain(
      "| Database-name guard | `release/tiers/t0_preflight.sql:12` | `current_database() <> 'library'` | `current_database() <> 'library_rehearsal'` |",
    )
  })

  it('tells sizes of the acts before the tiers', () => {
    expect(report).toContain(
      '**Production cloned** PASS: clone 1.2 GB, free before 21.0 GB, free after 19.8 GB, 12.5 s.',
    )
  })

  it('lists what was blanked, and what the release role may do, in lines of their own', () => {
    const evidence = rehearseLendingLibrary('pass')
    const clone = evidence.acts.find(({ id }) => id === 'clone')!
    clone.facts['blanked'] = Array.from({ length: 9 }, (_, n) => `server s_${n}: without its options host`)
    clone.facts['releaseRole'] = ['the release role may create databases (CREATEDB)']
    const blanked = renderMarkdown(evidence)
    expect(blanked).toContain(
      'reaches another server, 9 instances:\n\n- server s_0: without its options host\n- ',
    )
    expect(blanked).toContain('\n- server s_8: without its options host\n\n')
    expect(blanked).toContain('1 instance:\n\n- the release role may create databases (CREATEDB)\n\n')
    expect(blanked).toContain('**Production cloned** PASS: clone 1.2 GB, free before 21.0 GB')
    expect(report).not.toContain('blanked')
  })

  it('tells each tier in one bullet: what it printed, what moved, rows, objects, time', () => {
    expect(report).toContain(
      '- **T1 structure** PASS: `T1 tables=2 views=1` → 5 measures absent → 0, +6 loan_policies, +2 tables +1 view +1 index (0.05 s).',
    )
    expect(report).toContain('`T2 new=24 waiting=0` → lent 0 → 24, waiting 96 → 0, overdue 0 → 6,')
  })

  it('shows the final measures with figures to the right', () => {
    expect(report).toContain(
      '| Measure | Figure |\n| --- | ---: |\n| members | 1,204 |\n| copies | 412,905 |',
    )
  })

  it('gives a group of many kinds a table of its own and only names its zeros', () => {
    expect(report).toContain('| late_return | 5 |\n| lost_copy | 1 |\n\nZero: double_loan, unpaid_fine.')
    expect(sectionOf(report, '## Tier-2 table')).not.toContain('late_return')
  })

  it('gives a group of few kinds one row, with its total, where its first kind stands', () => {
    const evidence = rehearseLendingLibrary('pass')
    const last = evidence.tiers.at(-1)!
    last.after = { 'fees.paid': 1_200, 'fees.waived': 0, ...last.after }
    const told = sectionOf(renderMarkdown(evidence), '## Tier-2 table')
    expect(told).toContain('| --- | ---: |\n| fees: paid 1,200, waived 0 | 1,200 |\n| members | 1,204 |')
  })

  it('counts measures that are absent, where there are many', () => {
    const evidence = rehearseLendingLibrary('pass')
    const figures = { copies: 412_905, loans: null, policies: null, fees: null }
    evidence.production = { before: figures, after: figures }
    const told = renderMarkdown(evidence)
    expect(told).toContain('- Entry baseline: `copies=412,905`, and 3 measures absent.')
    expect(sectionOf(told, '## Production isolation')).toContain(
      '| copies | 412,905 | 412,905 |\n\nAbsent before and after: 3 measures more.',
    )
  })

  it('tells the cause of several figures once, and its rows under the title of the divergence', () => {
    const evidence = rehearseLendingLibrary('pass')
    const [loans] = evidence.divergences
    evidence.divergences.push({ ...loans!, subject: 'late', golden: 3, rehearsal: 1, rows: [] })
    const told = renderMarkdown(evidence)
    expect(told).toContain('closed since |\n| late | 3 | 1 | the same |')
    expect(told).toContain('## Divergences: 1 declared\n')
    expect(told.match(/### Left loans/g)).toHaveLength(1)
  })

  it('shows each divergence with its cause and the rows that show it', () => {
    expect(report).toContain('| loans | 26 | 24 | two loans left by an experiment \\| closed since |')
    expect(report).toContain('| 26 | 1090 | _null_ |')
    expect(report).toContain('Everything else that was compared is equal in both.')
  })

  it('tells that the guard refused and that nothing changed', () => {
    expect(report).toContain(
      '**Re-run refused** PASS: exit 3, `PREFLIGHT ABORT: loans already present (2 tables)`, nothing changed',
    )
  })

  it('shows production before and after', () => {
    expect(report).toContain('Before = after in all 6 measures.')
    expect(report).toContain('| copies | 412,905 | 412,905 |')
  })

  it('ends with the verdict and its counts', () => {
    expect(report.trimEnd().endsWith('**PASS.**\n\n9 passed, 0 failed; 38.2 s.')).toBe(true)
  })
})

describe('Markdown report of a fail', () => {
  const report = renderMarkdown(rehearseLendingLibrary('fail'))

  it('begins with what failed: every reason, every failed test with its message', () => {
    expect(headingsOf(report)[1]).toBe('## What failed')
    const failed = sectionOf(report, '## What failed')
    expect(failed).toContain('- Undeclared divergence: members is 1,204 in golden, 1,203 in the rehearsal.')
    expect(failed).toContain(
      '**lends 24 copies & leaves none waiting** FAIL in `specs/tiers/t2-loans.test.ts:7`',
    )
    expect(failed).toContain('  at       release/tiers/t2_loans.sql:31')
  })

  it('marks a tier red whose SQL ran but whose tests failed', () => {
    expect(report).toContain('**T2 loans seed** FAIL: ')
    expect(report).toContain('## Run result: 2 of 3 tiers passed')
  })

  it('tells what the stage itself found wrong with an act', () => {
    expect(sectionOf(report, '## What failed')).toContain('production: copies was 412905, is 412906')
    expect(report).toContain('**Production measured again** FAIL: production: copies was 412905, is 412906,')
  })

  it('marks an undeclared divergence', () => {
    expect(report).toContain('## Divergences: 1 declared, 1 NOT DECLARED')
    expect(report).toContain('| members | 1,204 | 1,203 | **not declared** |')
  })

  it('marks a measure of production that changed, before the others', () => {
    expect(report).toContain('**Production is not as it was**: 1 measure of 6 differs.')
    expect(report).toContain('| --- |\n| copies | 412,905 | 412,906 | **differs** |')
  })

  it('tells a declared divergence that does not occur any more', () => {
    const evidence = rehearseLendingLibrary('pass')
    const [divergence] = evidence.divergences
    if (divergence) divergence.golden = divergence.rehearsal
    expect(renderMarkdown(evidence)).toContain('| loans | 24 | 24 | **declared, but no longer occurs**: two')
  })
})

describe('Markdown report of a rehearsal cut short', () => {
  it('tells a tier whose psql failed once in full, and what it blocked', () => {
    const report = renderMarkdown(rehearseLendingLibrary('blocked'))
    expect(report).toContain('tiers/t1_structure.sql:42')
    expect(report).toContain('FAIL in `specs/tiers/t1-structure.test.ts:7`, with the same message')
    expect(report).toContain('**T2 loans seed** BLOCKED: T1 structure failed')
    expect(report).toContain('## Tier-0 table\n\nT2 was not performed: these are the figures after T0.')
    expect(sectionOf(report, '## Skipped')).toContain(
      '- `specs/tiers/t2-loans.test.ts`, 2 tests: blocked: T1 structure failed: relation "public.loans" already exists',
    )
  })

  it('tells an act that could not be performed as an error, not as a failure', () => {
    const report = renderMarkdown(rehearseLendingLibrary('unknown'))
    expect(headingsOf(report).slice(0, 2)).toEqual([
      '# Lending library: rehearsal UNKNOWN (2026-06-03)',
      '## What could not be determined',
    ])
    expect(report).toContain('**Production cloned** ERROR: pg_dump: connection to server was lost')
    expect(report).toContain('hint: see the log of the cluster')
    expect(report).not.toContain('FAIL')
  })

  it('claims nothing of what was not reached', () => {
    const report = renderMarkdown(rehearseLendingLibrary('interrupted'))
    expect(report).toContain('## Divergences: not compared')
    expect(report).toContain('Production was not measured a second time: nothing is shown.')
    expect(report).not.toContain('equal in both')
    expect(report).not.toContain('nothing changed')
  })

  it('tells a run that died before it collected anything', () => {
    const report = renderMarkdown(rehearseLendingLibrary('died'))
    expect(report).toContain('- The worker died before a spec file was loaded.\n- No test was collected.')
    expect(report).toContain('No tier was reached.')
  })

  it('says that only a part was asked for', () => {
    const evidence = rehearseLendingLibrary('pass')
    evidence.rehearsal.selection = 'specs/tiers/t1'
    expect(sectionOf(renderMarkdown(evidence), '## Verdict')).toContain(
      'Only some of the specs were requested: `specs/tiers/t1`.',
    )
  })
})

describe('Markdown text', () => {
  const spoilt = (text: string): Evidence => {
    const evidence = rehearseLendingLibrary('fail')
    evidence.reasons = [text]
    evidence.divergences = evidence.divergences.map((divergence) => ({ ...divergence, cause: text }))
    return evidence
  }

  it('keeps a table in its columns whatever a cause holds', () => {
    const report = renderMarkdown(spoilt('a | b\n| c | `d` <e> *f*'))
    expect(report).toContain('| 26 | 24 | a \\| b \\| c \\| \\`d\\` \\<e\\> \\*f\\* |')
  })

  it('fences a message that holds a fence itself', () => {
    const evidence = rehearseLendingLibrary('fail')
    const failure = evidence.tests.flatMap((test) => test.failures)[0]
    if (failure) failure.message = 'before\n```\nafter'
    expect(renderMarkdown(evidence)).toContain('````text\nbefore\n```\nafter\n````')
  })

  it('shows neither colours nor passwords', () => {
    const report = renderMarkdown(
      spoilt("\u001b[31mred\u001b[39m postgres://joe:s3cret@host/db password='s3cret'"),
    )
    expect(report).not.toContain('s3cret')
    expect(report).not.toContain('\u001b')
    expect(report).toContain('red postgres://joe:\\*\\*\\*@host/db')
  })
})

function headingsOf(report: string): string[] {
  return report.split('\n').filter((line) => /^#+ /.test(line))
}

function sectionOf(report: string, heading: string): string {
  const [, section] = report.split(heading)
  if (section === undefined) throw new Error(`no section "${heading}"`)
  return section.split('\n## ', 1)[0] ?? ''
}
