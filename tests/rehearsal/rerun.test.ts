import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeEffect } from '../support/effect.ts'
import { copySmallProject, type Project } from '../support/project.ts'
import { expectVerdict, failureOf, notPerformed, problemsOf, stepOf } from '../support/read-evidence.ts'
import { PreparedClone } from '../support/stage.ts'

const preflight = 'sql/release/t0_preflight.sql'
const check = `IF to_regclass('public.axis_terms') IS NOT NULL THEN`

let prepared: PreparedClone

beforeAll(async () => {
  prepared = await PreparedClone.make()
})
afterAll(() => prepared[Symbol.asyncDispose]())

describe('a second run', () => {
  it('that is let in is told with what it did again', async () => {
    await using project = await copySmallProject()
    await project.edit(preflight, check, 'IF false THEN')
    await makeRepeatable(project)
    const evidence = await prepared.rehearse(project, 'second-run', 'gate-revoke')
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)).toEqual({
      'second-run': [
        'the second run was not refused: psql exit 0',
        'measure policies: 5 in the clone, 10 in the clone after the second run',
        'rows of loan_policies: 5 in the clone, 10 in the clone after the second run',
        'sequence loan_policies_id_seq: 5 in the clone, 10 in the clone after the second run',
      ],
    })
    expect(evidence.reasons).toContain('second-run: the second run was not refused: psql exit 0')
    expect(notPerformed(evidence)).toEqual([])
  })

  it('that is let in and finds nothing to do is let in all the same', async () => {
    await using project = await copySmallProject()
    await project.edit(preflight, check, 'IF false THEN')
    await makeRepeatable(project)
    await project.edit(
      'sql/release/t2_seed.sql',
      "WHERE status = 'accepted'",
      "WHERE status = 'accepted' AND NOT EXISTS (SELECT FROM public.loan_policies)",
    )
    const evidence = await prepared.rehearse(project, 'second-run', 'gate-revoke')
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)).toEqual({ 'second-run': ['the second run was not refused: psql exit 0'] })
  })

  it('that is refused, but has moved a sequence, is told with the sequence', async () => {
    await using project = await copySmallProject()
    await project.edit(preflight, check, `${check}\n    PERFORM nextval('public.approvals_id_seq');`)
    const evidence = await prepared.rehearse(project, 'second-run', 'gate-revoke')
    expect(evidence.verdict).toBe('fail')
    expect(stepOf(evidence, 'second-run').facts['exitCode']).toBe(3)
    expect(problemsOf(evidence)).toEqual({
      'second-run': ['sequence approvals_id_seq: 1 in the clone, 2 in the clone after the second run'],
    })
    expect(stepOf(evidence, 'second-run').effect).toEqual(
      makeEffect({ sequences: { approvals_id_seq: { before: '1', after: '2', moved: 1 } } }),
    )
  })

  it('that is stopped by accident only is no refusal', async () => {
    await using project = await copySmallProject()
    await project.edit(preflight, check, 'IF false THEN')
    const { exitCode, output, evidence } = await project.rehearse('specs/second-run')
    expectVerdict('fail', { exitCode, output, evidence })
    const failure = failureOf(evidence, 'refuses it by preflight')
    expect(failure).toContain('PREFLIGHT ABORT: terms already present')
    expect(failure).toMatch(/relation .*axis_terms.* already exists/)
  })
})

/** Lets structure and seed run over what is there. */
async function makeRepeatable(project: Project): Promise<void> {
  const structure = 'sql/release/t1_structure.sql'
  await project.edit(structure, 'CREATE TABLE public', 'CREATE TABLE IF NOT EXISTS public')
  await project.edit(structure, 'CREATE VIEW', 'CREATE OR REPLACE VIEW')
  await project.edit(
    'sql/release/t2_seed.sql',
    'true FROM public.loan_policies;',
    'true FROM public.loan_policies ON CONFLICT DO NOTHING;',
  )
}
