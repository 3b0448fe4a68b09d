import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Evidence } from '../../harness/evidence/schema.ts'
import { makeEffect } from '../support/effect.ts'
import { copySmallProject, type Project } from '../support/project.ts'
import { expectVerdict, failureOf, notPerformed, problemsOf, stepOf } from '../support/read-evidence.ts'
import { PreparedClone } from '../support/stage.ts'

const rollback = 'sql/release/rollback.sql'
const firstly = 'in the clone before the first tier'
const forgottenView =
  'CREATE VIEW public.v_axis_count AS SELECT count(*) FROM public.loan_policies;\nDO $summary$'

let prepared: PreparedClone

beforeAll(async () => {
  prepared = await PreparedClone.make()
})
afterAll(() => prepared[Symbol.asyncDispose]())

/** Rehearses as far as the gate taken back, with a rollback in which one text stands for another. */
async function rollBackWith(project: Project, from: string, to: string): Promise<Evidence> {
  await project.edit(rollback, from, to)
  return prepared.rehearse(project, 'second-run', 'gate-revoke')
}

describe('a rollback that comes to its end, and does not bring the baseline back', () => {
  it('by a view that it forgets', async () => {
    await using project = await copySmallProject()
    await project.edit('sql/release/t1_structure.sql', 'DO $summary$', forgottenView)
    const evidence = await prepared.rehearse(project, 'second-run', 'gate-revoke')
    expect(evidence.verdict).toBe('fail')
    const forgotten = 'view public.v_axis_count is in'
    expect(problemsOf(evidence)).toEqual({
      'rollback-1': [`${forgotten} the clone rolled back only`],
      'gate-revoke': [`${forgotten} the clone now only`],
    })
    expect(evidence.reasons).toContain(`rollback-1: ${forgotten} the clone rolled back only`)
  })

  it('by a row that it leaves', async () => {
    await using project = await copySmallProject()
    const evidence = await rollBackWith(
      project,
      "WHERE source = 'terms release'",
      "WHERE source = 'terms release' AND branch_code <> 'mill'",
    )
    expect(evidence.verdict).toBe('fail')
    expect(notPerformed(evidence)).toEqual([])
    expect(problemsOf(evidence)).toMatchObject({
      'rollback-1': [
        `measure missing: 5 ${firstly}, 4 in the clone rolled back`,
        `measure policies: 0 ${firstly}, 1 in the clone rolled back`,
        `rows of loan_policies: 0 ${firstly}, 1 in the clone rolled back`,
      ],
    })
  })

  it("by a row of production's own that it takes away", async () => {
    await using project = await copySmallProject()
    const evidence = await rollBackWith(
      project,
      'DROP VIEW IF EXISTS',
      'DELETE FROM public.books WHERE id = 1000;\nDROP VIEW IF EXISTS',
    )
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)).toEqual({
      'rollback-1': [`rows of books: 1000 ${firstly}, 999 in the clone rolled back`],
      'gate-revoke': ['rows of books: 1000 in the clone at entry, 999 in the clone now'],
    })
  })

  it("by a view of production's own that it takes away", async () => {
    await using project = await copySmallProject()
    const evidence = await rollBackWith(
      project,
      'COMMIT;',
      'DROP VIEW IF EXISTS public.v_branches_without_policy;\nCOMMIT;',
    )
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)['rollback-1']).toEqual([
      'view public.v_branches_without_policy is in the clone before the first tier only',
    ])
    expect(stepOf(evidence, 'rollback-2').reason).toContain(
      'relation "public.v_branches_without_policy" does not exist (SQLSTATE 42P01) at rollback.sql',
    )
  })

  it('by a sequence that it moves of its own accord', async () => {
    await using project = await copySmallProject()
    const evidence = await rollBackWith(
      project,
      '\nCOMMIT;\n',
      "\nSELECT setval('approvals_id_seq', 999);\nCOMMIT;\n",
    )
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)['rollback-1']).toEqual([
      `sequence approvals_id_seq: 1 ${firstly}, 999 in the clone rolled back`,
    ])
  })

  it('by doing nothing at all', async () => {
    await using project = await copySmallProject()
    const text = await project.read(rollback)
    const guard = text.slice(text.indexOf('DO $guard$'), text.indexOf('DELETE'))
    await project.write(rollback, `${guard}SELECT 1;\n`)
    await project.edit('rehearsal.config.ts', "prints: { missing: 'missing' },\n      residue", 'residue')
    const evidence = await prepared.rehearse(project, 'second-run', 'gate-revoke')
    expect(evidence.verdict).toBe('fail')
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
    expect(Object.keys(problemsOf(evidence))).toEqual(['rollback-1', 'gate-revoke'])
  })

  it('is seen by the specs, too', async () => {
    await using project = await copySmallProject()
    await project.edit(rollback, "'terms release'", "'terms release' AND branch_code <> 'mill'")
    const { exitCode, output, evidence } = await project.rehearse('specs/rollback')
    expectVerdict('fail', { exitCode, output, evidence })
    expect(Object.keys(problemsOf(evidence))).toEqual(['rollback-1', 'gate-revoke'])
    expect(failureOf(evidence, 'leaves no policy')).toContain('measure "policies" is 1, expected 0')
    expect(failureOf(evidence, 'equals the entry baseline')).toContain(
      'after gate-revoke: measure "policies" is 1, expected 0',
    )
  })
})

describe('a rollback that cannot be repeated', () => {
  it('fails the second time, with file, line and SQLSTATE', async () => {
    await using project = await copySmallProject()
    const evidence = await rollBackWith(project, 'DROP VIEW IF EXISTS', 'DROP VIEW')
    expect(evidence.verdict).toBe('fail')
    expect(evidence.reasons[0]).toBe(
      'rollback-2 failed: psql exit 3: view "v_axis_missing" does not exist (SQLSTATE 42P01) at rollback.sql:14',
    )
    expect(notPerformed(evidence)).toEqual(['rollback-2 failed', 'gate-revoke blocked'])
    expect(problemsOf(evidence)).toEqual({})
  })

  it('changes something the second time', async () => {
    await using project = await copySmallProject()
    const evidence = await rollBackWith(
      project,
      'DROP VIEW IF EXISTS',
      "SELECT nextval('public.approvals_id_seq');\nDROP VIEW IF EXISTS",
    )
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)).toEqual({
      'rollback-1': [`sequence approvals_id_seq: 1 ${firstly}, 2 in the clone rolled back`],
      'rollback-2': [
        'sequence approvals_id_seq: 2 in the clone after the first rollback, 3 in the clone after the second',
      ],
    })
    expect(stepOf(evidence, 'rollback-2').effect).toEqual(
      makeEffect({ sequences: { approvals_id_seq: { before: '2', after: '3', moved: 1 } } }),
    )
  })
})

describe('a rollback that fails', () => {
  it('at once is told, and what it would have done is not judged', async () => {
    await using project = await copySmallProject()
    await project.edit(rollback, 'DROP TABLE IF EXISTS public.axis_terms;', 'DROP TABLE public.axis_term;')
    const evidence = await prepared.rehearse(project, 'gate-revoke', 'partial-rollback')
    expect(evidence.verdict).toBe('fail')
    expect(evidence.reasons[0]).toBe(
      'rollback-1 failed: psql exit 3: table "axis_term" does not exist (SQLSTATE 42P01) at rollback.sql:15',
    )
    expect(notPerformed(evidence)).toEqual([
      'rollback-1 failed',
      'rollback-2 blocked',
      'gate-revoke blocked',
      'reapply blocked',
      'partial-rollback blocked',
    ])
    expect(stepOf(evidence, 'rollback-1').effect).toEqual(makeEffect())
    expect(problemsOf(evidence)).toEqual({})
  })
})
