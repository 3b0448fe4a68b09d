import { expect, it } from 'vitest'
import { copySlimOneRoof, failuresOf, isToday, sneakIn, stepsOf } from '../support/one-roof.ts'
import { expectVerdict } from '../support/read-evidence.ts'

it('has T6 refuse two owners that slipped by T3, whose specs name them, and blocks T8', async () => {
  await using project = await copySlimOneRoof()
  await sneakIn(
    project,
    't3_ownership.sql',
    `INSERT INTO public.gov_ownership (family_code, scope_code, owner_id, source, valid_from)
     SELECT 'catalogue', 'data_steward', u.id, 'manual', '2026-06-01'
     FROM public.directus_users AS u WHERE u.email = 'hugo.laurent@oneroof.example'`,
  )
  const run = await project.rehearse('specs/tiers/t3', 'specs/tiers/t6', 'specs/tiers/t8')
  expectVerdict('fail', run)
  expect(failuresOf(run.evidence)['T3 ownership seed > names 30 owners and closes the gap']).toContain(
    'after T3: measure "conflict" is 7, expected 0',
  )
  const { T5, T6, T8 } = stepsOf(run.evidence)
  expect([T5!.status, T6!.status, T8!.status]).toEqual(['performed', 'failed', 'blocked'])
  expect(T6!.reason).toContain('T6 SCANNER FAILED: critical=7 (SQLSTATE 23000)')
  expect(T8!.reason).toContain('T6 failed: psql exit 3: T6 SCANNER FAILED: critical=7')
})

it('has T8 refuse a gate that was opened behind the scan', async () => {
  await using project = await copySlimOneRoof()
  await sneakIn(project, 't6_scanner.sql', 'UPDATE public.emission_gate SET is_open = true')
  const run = await project.rehearse('specs/tiers/t6', 'specs/tiers/t8')
  expectVerdict('fail', run)
  const test = 'T6 scanner > is fail-closed: nothing may be emitted, nothing waits, nothing was sent'
  expect(failuresOf(run.evidence)[test]).toContain('after T6: measure "emittable" is 14, expected 0')
  const { T8 } = stepsOf(run.evidence)
  expect(T8).toMatchObject({ status: 'failed' })
  expect(T8!.reason).toContain('T8 VERIFY FAILED: emittable=14 (SQLSTATE 23000)')
})

it('has T8 refuse a label that only the clone lacks, which blocks the comparison with golden alone', async () => {
  await using project = await copySlimOneRoof()
  await sneakIn(
    project,
    't6_scanner.sql',
    `INSERT INTO public.entity_labels (id, collection, item, label_code, source, confidence, approval, labelled_at)
     SELECT 900000001, 'web_pages', '1', 'kg-domain-unknown', 'import', 0.800, 'approved', '2026-06-02 10:00+00'
     WHERE ${isToday}`,
  )
  const run = await project.rehearse()
  expectVerdict('fail', run)
  const { golden, T8, divergence, guard, isolation, ...rest } = stepsOf(run.evidence)
  expect(T8).toMatchObject({ status: 'failed' })
  expect(T8!.reason).toContain('T8 VERIFY FAILED: label_orphans=1 (SQLSTATE 23000)')
  expect(golden!.status).toBe('performed')
  expect(divergence).toMatchObject({ status: 'blocked' })
  expect(divergence!.reason).toContain('T8 failed: psql exit 3: T8 VERIFY FAILED: label_orphans=1')
  expect([guard!.status, rest['rollback-1']!.status, isolation!.status]).toEqual(Array(3).fill('performed'))
})
