import { describe, expect, it } from 'vitest'
import { copySlimOneRoof, failuresOf, stepsOf } from '../support/one-roof.ts'
import type { Project } from '../support/project.ts'

/** One owner too few: nobody becomes the catalogue's data steward. */
async function seed29(project: Project): Promise<void> {
  const seed = 'FROM public.v_axis_ownership_seed AS s\n'
  const without = `WHERE (s.family_code, s.scope_code) <> ('catalogue', 'data_steward')\n`
  await project.edit('sql/release/t3_ownership.sql', seed, seed + without)
}

describe('T3, seeding 29 owners', () => {
  it("fails by the release's own check, which blocks what comes later and leaves production judged", async () => {
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
      'golden error',
      'clone performed',
      'seal performed',
      'variant performed',
      'gate performed',
      'whole blocked',
      'divergence blocked',
      'guard performed',
      'rollback-1 performed',
      'rollback-2 performed',
      'ungate performed',
      'one-shot blocked',
      'forward blocked',
      'partial blocked',
      'controls performed',
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
    expect(steps['golden']!.reason).toContain(
      '99_run_all.sql failed: psql exit 3: T3 OWNERSHIP FAILED: gap=7 after new=29',
    )
    expect(Object.values(steps).flatMap(({ problems }) => problems)).toEqual([])
  })

  it('is seen by the spec where the release does not check: "own" is 29, expected 30', async () => {
    await using project = await copySlimOneRoof()
    await seed29(project)
    await project.edit('sql/release/t3_ownership.sql', 'IF gap > 0 THEN', 'IF false THEN')
    const { exitCode, evidence } = await project.rehearse('specs/tiers/t3')
    expect({ exitCode, verdict: evidence.verdict }).toEqual({ exitCode: 1, verdict: 'fail' })
    expect(stepsOf(evidence)['T3']).toMatchObject({ status: 'performed', problems: [] })
    const failures = failuresOf(evidence)
    expect(Object.keys(failures)).toEqual([
      'T3 ownership seed > names 30 owners and closes the gap',
      'T3 ownership seed > names one owner for each of five families and six scopes',
      'T3 ownership seed > touches nothing else',
    ])
    const [figures, pairs, effect] = Object.values(failures)
    expect(figures).toContain(
      'after T3: measure "own" is 29, expected 30\n  shown by: SELECT count(*) FROM gov_ownership',
    )
    expect(figures).toContain('after T3: measure "gap" is 7, expected 0')
    expect(pairs).toMatch(/- +"pairs": 30n/)
    expect(pairs).toMatch(/\+ +"pairs": 29n/)
    expect(effect).toContain('T3: rows inserted in gov_ownership: 29, declared 30')
  })
})
