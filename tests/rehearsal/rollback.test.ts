import { describe, expect, it } from 'vitest'
import { makeEffect } from '../../harness/evidence/testing-effect.ts'
import { copySmallProject, type Project } from '../support/project.ts'
import { expectVerdict, failureOf, notPerformed, problemsOf, stepOf } from '../support/read-evidence.ts'

const rollback = 'sql/release/rollback.sql'
const firstly = 'in the clone before the first tier'

/** Rehearses with a rollback in which one text stands for another. */
async function rehearseWith(project: Project, from: string, to: string) {
  await project.edit(rollback, from, to)
  return project.rehearse()
}

describe('a rollback that comes to its end, and does not bring the baseline back', () => {
  it('by a view that it forgets', async () => {
    await using project = await copySmallProject()
    const view = 'CREATE VIEW public.v_axis_count AS SELECT count(*) FROM public.loan_policies;\n'
    await project.edit('sql/release/t1_structure.sql', 'DO $summary$', `${view}DO $summary$`)
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('fail', { exitCode, output, evidence })
    const forgotten = 'view public.v_axis_count is in'
    expect(problemsOf(evidence)).toEqual({
      'rollback-1': [`${forgotten} the clone rolled back only`],
      ungate: [`${forgotten} the clone now only`],
    })
    expect(evidence.reasons).toContain(`rollback-1: ${forgotten} the clone rolled back only`)
  })

  it('by a row that it leaves', async () => {
    await using project = await copySmallProject()
    const { exitCode, output, evidence } = await rehearseWith(
      project,
      "WHERE source = 'terms release'",
      "WHERE source = 'terms release' AND branch_code <> 'mill'",
    )
    expectVerdict('fail', { exitCode, output, evidence })
    expect(problemsOf(evidence)).toMatchObject({
      'rollback-1': [
        `measure missing: 5 ${firstly}, 4 in the clone rolled back`,
        `measure policies: 0 ${firstly}, 1 in the clone rolled back`,
        `rows of loan_policies: 0 ${firstly}, 1 in the clone rolled back`,
      ],
    })
    expect(failureOf(evidence, 'leaves no policy')).toContain('measure "policies" is 1, expected 0')
    expect(failureOf(evidence, 'equals the entry baseline')).toContain(
      'after ungate: measure "policies" is 1, expected 0',
    )
  })

  it("by a row of production's own that it takes away", async () => {
    await using project = await copySmallProject()
    const { exitCode, output, evidence } = await rehearseWith(
      project,
      'DROP VIEW IF EXISTS',
      'DELETE FROM public.books WHERE id = 1000;\nDROP VIEW IF EXISTS',
    )
    expectVerdict('fail', { exitCode, output, evidence })
    expect(problemsOf(evidence)).toEqual({
      'rollback-1': [`rows of books: 1000 ${firstly}, 999 in the clone rolled back`],
      ungate: ['rows of books: 1000 in the clone at entry, 999 in the clone now'],
    })
  })

  it("by a view of production's own that it takes away", async () => {
    await using project = await copySmallProject()
    const { exitCode, output, evidence } = await rehearseWith(
      project,
      'COMMIT;',
      'DROP VIEW IF EXISTS public.v_branches_without_policy;\nCOMMIT;',
    )
    expectVerdict('fail', { exitCode, output, evidence })
    expect(problemsOf(evidence)['rollback-1']).toEqual([
      'view public.v_branches_without_policy is in the clone before the first tier only',
    ])
    expect(stepOf(evidence, 'rollback-2').reason).toContain(
      'relation "public.v_branches_without_policy" does not exist (SQLSTATE 42P01) at rollback.sql',
    )
  })

  it('by doing nothing at all', async () => {
    await using project = await copySmallProject()
    const text = await project.read(rollback)
    const guard = text.slice(text.indexOf('DO $guard$'), text.indexOf('DELETE'))
    await project.write(rollback, `${guard}SELECT 1;\n`)
    await project.edit('rehearsal.config.ts', "prints: { missing: 'missing' },\n      residue", 'residue')
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('fail', { exitCode, output, evidence })
    expect(stepOf(evidence, 'rollback-1')).toMatchObject({ status: 'performed', facts: { exitCode: 0 } })
    expect(problemsOf(evidence)['rollback-1']).toEqual(
      expect.arrayContaining([
        `measure policies: 0 ${firstly}, 5 in the clone rolled back`,
        `measure terms: absent ${firstly}, 5 in the clone rolled back`,
        `rows of axis_terms: absent ${firstly}, 5 in the clone rolled back`,
        'table public.axis_terms is in the clone rolled back only',
        'view public.v_axis_missing is in the clone rolled back only',
      ]),
    )
    // Doing nothing twice changes nothing, and is no second problem.
    expect(Object.keys(problemsOf(evidence))).toEqual(['rollback-1', 'ungate'])
  })
})

describe('a rollback that cannot be repeated', () => {
  it('fails the second time, with file, line and SQLSTATE, and production is judged all the same', async () => {
    await using project = await copySmallProject()
    const { exitCode, output, evidence } = await rehearseWith(project, 'DROP VIEW IF EXISTS', 'DROP VIEW')
    expectVerdict('fail', { exitCode, output, evidence })
    expect(evidence.reasons[0]).toBe(
      'rollback-2 failed: psql exit 3: view "v_axis_missing" does not exist (SQLSTATE 42P01) at rollback.sql:14',
    )
    expect(notPerformed(evidence)).toEqual(['rollback-2 failed', 'ungate blocked'])
    expect(problemsOf(evidence)).toEqual({})
  })

  it('changes something the second time', async () => {
    await using project = await copySmallProject()
    const { exitCode, output, evidence } = await rehearseWith(
      project,
      'DROP VIEW IF EXISTS',
      "SELECT nextval('public.approvals_id_seq');\nDROP VIEW IF EXISTS",
    )
    expectVerdict('fail', { exitCode, output, evidence })
    expect(problemsOf(evidence)).toEqual({
      'rollback-1': ['sequence approvals_id_seq: 1 before the first tier, 2 rolled back'],
      'rollback-2': [
        'sequence approvals_id_seq: 2 in the clone after the first rollback, 3 in the clone after the second',
      ],
    })
    expect(failureOf(evidence, 'has an empty effect')).toContain('approvals_id_seq')
  })
})

describe('a rollback that fails', () => {
  it('at once is told, and what it would have done is not judged', async () => {
    await using project = await copySmallProject()
    const { exitCode, output, evidence } = await rehearseWith(
      project,
      'DROP TABLE IF EXISTS public.axis_terms;',
      'DROP TABLE public.axis_term;',
    )
    expectVerdict('fail', { exitCode, output, evidence })
    expect(evidence.reasons[0]).toBe(
      'rollback-1 failed: psql exit 3: table "axis_term" does not exist (SQLSTATE 42P01) at rollback.sql:15',
    )
    expect(notPerformed(evidence)).toEqual([
      'rollback-1 failed',
      'rollback-2 blocked',
      'ungate blocked',
      'forward blocked',
      'partial blocked',
    ])
    expect(stepOf(evidence, 'rollback-1').effect).toEqual(makeEffect())
    expect(problemsOf(evidence)).toEqual({})
  })
})
