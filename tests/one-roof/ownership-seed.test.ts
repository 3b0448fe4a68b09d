import { expect, it } from 'vitest'
import { copySlimOneRoof, stepsOf } from '../support/one-roof.ts'
import type { Project } from '../support/project.ts'

/** One owner too few: nobody becomes the catalogue's data steward. */
async function seed29(project: Project): Promise<void> {
  const seed = 'FROM public.v_axis_ownership_seed AS s\n'
  const without = `WHERE (s.family_code, s.scope_code) <> ('catalogue', 'data_steward')\n`
  await project.edit('sql/release/t3_ownership.sql', seed, seed + without)
}

it("T3, seeding 29 owners, fails by the release's own check, which blocks what comes later and leaves production judged", async () => {
  await using project = await copySlimOneRoof()
  await seed29(project)
  const { exitCode, output, evidence } = await project.rehearse()
  expect({ exitCode, verdict: evidence.verdict }).toEqual({ exitCode: 1, verdict: 'fail' })
  const [first] = evidence.reasons
  expect(first).toMatch(
    /^T3 failed: psql exit 3: T3 OWNERSHIP FAILED: gap=7 after new=29 \(SQLSTATE 23000\) at t3_ownership\.sql:\d+$/,
  )
  expect(output).toContain('FAIL  One-Roof: T3 failed')

  const steps = stepsOf(evidence)
  expect(Object.values(steps).map(({ id, status }) => `${id} ${status}`)).toEqual([
    'baseline performed',
    // The release cannot make a golden clone either; that is told apart, and stops nothing else.
    'golden-backup error',
    'clone performed',
    'escape-attempts performed',
    'variant performed',
    'gate performed',
    'full-read blocked',
    'divergence blocked',
    'second-run performed',
    'rollback-1 performed',
    'rollback-2 performed',
    'gate-revoke performed',
    'one-shot blocked',
    'reapply blocked',
    'partial-rollback blocked',
    'self-test performed',
    'isolation performed',
    'T0 performed',
    'T1 performed',
    'T2 performed',
    'T3 failed',
    'T4 blocked',
    'T5 blocked',
    'T6 blocked',
    'T8 blocked',
  ])
  expect(steps['T3']!.reason).toContain('detail: catalogue / data_steward: 7 objects')
  expect(steps['T3']!.effect?.tables).toEqual({})
  expect(steps['T4']!.reason).toContain('T3 failed: psql exit 3: T3 OWNERSHIP FAILED: gap=7')
  expect(steps['golden-backup']!.reason).toContain(
    '99_run_all.sql failed: psql exit 3: T3 OWNERSHIP FAILED: gap=7 after new=29',
  )
  expect(Object.values(steps).flatMap(({ problems }) => problems)).toEqual([])
})
