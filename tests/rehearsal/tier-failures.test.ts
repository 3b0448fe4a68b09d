import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeEffect } from '../support/effect.ts'
import { copySmallProject } from '../support/project.ts'
import { expectVerdict, notPerformed, problemsOf, readJunit, stepOf } from '../support/read-evidence.ts'
import { OpenRehearsal, PreparedClone } from '../support/stage.ts'

/** Fails where the station's declined proposal is not for ten days: on the clone, but not on the golden clone of the day before. */
const failOnClone = `SELECT 1 / (SELECT count(*) FROM public.policy_proposals WHERE branch_code = 'station' AND loan_days = 10);\n`

let prepared: PreparedClone

beforeAll(async () => {
  prepared = await PreparedClone.make(undefined, ['golden-backup', 'escape-attempts'])
})
afterAll(() => prepared[Symbol.asyncDispose]())

describe('a tier that fails halfway', () => {
  it('is told with file, line and SQLSTATE, leaves nothing, and blocks what comes later', async () => {
    await using project = await copySmallProject()
    const comment = `COMMENT ON TABLE public.axis_terms IS 'Terms of lending, by branch.';\n`
    await project.edit('sql/release/t1_structure.sql', comment, comment + failOnClone)
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('fail', { exitCode, output, evidence })

    const reason = 'psql exit 3: division by zero (SQLSTATE 22012) at t1_structure.sql:20'
    expect(evidence.reasons[0]).toBe(`T1 failed: ${reason}`)
    expect(output).toContain('division by zero (SQLSTATE 22012) at t1_structure.sql:20')
    const t1 = stepOf(evidence, 'T1')
    expect(t1).toMatchObject({ status: 'failed', reason, effect: makeEffect() })
    expect(t1.facts['error']).toMatchObject({ file: 't1_structure.sql', line: 20, sqlstate: '22012' })

    // The guard has nothing to guard; rollback, gate and isolation are performed.
    expect(notPerformed(evidence)).toEqual([
      'full-read blocked',
      'divergence blocked',
      'second-run blocked',
      'one-shot blocked',
      'reapply blocked',
      'partial-rollback blocked',
      'T1 failed',
      'T2 blocked',
    ])
    expect(problemsOf(evidence)).toEqual({})
    expect(stepOf(evidence, 'second-run').reason).toBe(
      'no tier has changed anything that a second run could encounter',
    )

    const junit = await readJunit(project)
    const skipped = junit.filter(({ outcome }) => outcome === 'skipped')
    expect(skipped.map(({ suite, message }) => ({ suite, message }))).toEqual([
      { suite: 'specs/tiers/t1-structure.spec.ts', message: `blocked: T1 failed: ${reason}` },
      { suite: 'specs/tiers/t2-seed.spec.ts', message: `blocked: T1 failed: ${reason}` },
      { suite: 'specs/tiers/t2-seed.spec.ts', message: `blocked: T1 failed: ${reason}` },
      ...['specs/full-read/every-row.spec.ts', 'specs/divergence/golden.spec.ts'].flatMap((suite) =>
        Array(2).fill({ suite, message: `blocked: T1 failed: ${reason}` }),
      ),
      {
        suite: 'specs/second-run/second-run.spec.ts',
        message: `blocked: ${stepOf(evidence, 'second-run').reason}`,
      },
      {
        suite: 'specs/second-run/second-run.spec.ts',
        message: `blocked: ${stepOf(evidence, 'second-run').reason}`,
      },
      ...['1-one-shot', '2-reapply', '3-partial-rollback']
        .map((name) => `specs/proofs/${name}.spec.ts`)
        .flatMap((suite) => Array(2).fill({ suite, message: `blocked: T1 failed: ${reason}` })),
    ])
    expect(junit.filter(({ outcome }) => outcome === 'failure')).toEqual([
      { suite: 'rehearsal', name: 'verdict', outcome: 'failure', message: `T1 failed: ${reason}` },
      expect.objectContaining({ suite: 'specs/tiers/t1-structure.spec.ts', message: `T1 failed: ${reason}` }),
      // There is nothing to drop: the effect of the rollback is not the declared one.
      expect.objectContaining({ suite: 'specs/rollback/1-first.spec.ts' }),
    ])
  })

  it('leaves the second run and the rollback to be tried on what earlier tiers made', async () => {
    await using project = await copySmallProject()
    const summary = 'DO $summary$\n'
    await project.edit('sql/release/t2_seed.sql', summary, failOnClone + summary)
    const evidence = await prepared.rehearse(
      project,
      'divergence',
      'second-run',
      'gate-revoke',
      'partial-rollback',
    )
    expect(evidence.verdict).toBe('fail')
    expect(evidence.reasons[0]).toBe(
      'T2 failed: psql exit 3: division by zero (SQLSTATE 22012) at t2_seed.sql:17',
    )
    // The rows are taken back; the sequence that numbered them is not.
    const sequences = { loan_policies_id_seq: { before: '1 (not called)', after: '5', moved: 5 } }
    expect(stepOf(evidence, 'T2').effect).toEqual(makeEffect({ sequences }))
    expect(notPerformed(evidence)).toEqual([
      'full-read blocked',
      'divergence blocked',
      'one-shot blocked',
      'reapply blocked',
      'partial-rollback blocked',
      'T2 failed',
    ])
    expect(problemsOf(evidence)).toEqual({})
    expect(stepOf(evidence, 'second-run').facts['error']).toMatchObject({
      message: 'PREFLIGHT ABORT: terms already present',
    })
    expect(stepOf(evidence, 'rollback-1').effect?.objects.dropped).toContainEqual({
      class: 'table',
      identity: 'public.axis_terms',
      withParent: false,
    })
  })

  it('is told with what it left where it is not one transaction', async () => {
    await using project = await copySmallProject()
    const file = 'sql/release/t1_structure.sql'
    await project.edit(file, 'BEGIN;\n', '')
    await project.edit(file, 'COMMIT;\n', '')
    await project.edit(file, 'CREATE VIEW', `${failOnClone}CREATE VIEW`)
    const evidence = await prepared.rehearse(project, 'second-run')
    expect(evidence.verdict).toBe('fail')
    const t1 = stepOf(evidence, 'T1')
    expect(t1.reason).toBe('psql exit 3: division by zero (SQLSTATE 22012) at t1_structure.sql:19')
    expect(t1.effect?.objects.created).toContainEqual({
      class: 'table',
      identity: 'public.axis_terms',
      withParent: false,
    })
    expect(stepOf(evidence, 'second-run').status).toBe('performed')
  })

  it('is a failure also where the release cannot even make a golden clone', async () => {
    await using project = await copySmallProject()
    await project.edit('sql/release/t1_structure.sql', 'CREATE VIEW', 'SELECT 1 / 0;\nCREATE VIEW')
    await using rehearsal = await OpenRehearsal.open(project)
    const evidence = await rehearsal.reach('golden-backup', 'isolation')
    expect(evidence.verdict).toBe('fail')
    expect(evidence.reasons[0]).toBe(
      'T1 failed: psql exit 3: division by zero (SQLSTATE 22012) at t1_structure.sql:20',
    )
    expect(stepOf(evidence, 'golden-backup')).toMatchObject({ status: 'error' })
    expect(stepOf(evidence, 'golden-backup').reason).toContain('run_all.sql failed')
    expect(stepOf(evidence, 'isolation')).toMatchObject({ status: 'performed', problems: [] })
  })

  it('is a failure also where no error is raised, but psql passes the tier by', async () => {
    await using project = await copySmallProject()
    await project.edit(
      'sql/release/run_all.sql',
      '\\ir t2_seed.sql\n',
      '\\if :{?wanted}\n\\ir t2_seed.sql\n\\endif\n',
    )
    const evidence = await prepared.rehearse(project, 'T2')
    expect(evidence.verdict).toBe('fail')
    expect(evidence.reasons[0]).toBe('T2 failed: psql ended (psql exit 0) before T2 was complete')
    expect(stepOf(evidence, 'T2').effect).toEqual(makeEffect())
  })
})
