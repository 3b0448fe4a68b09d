import { afterAll, beforeAll, expect, it } from 'vitest'
import { compareDeclaration } from '../../harness/evidence/compare-declaration.ts'
import { copySlimOneRoof, isToday, sneakIn, stepsOf } from '../support/one-roof.ts'
import { notPerformed } from '../support/read-evidence.ts'
import { PreparedClone } from '../support/stage.ts'

let prepared: PreparedClone

beforeAll(async () => {
  prepared = await PreparedClone.make(await copySlimOneRoof(), ['golden-backup', 'escape-attempts'])
})
afterAll(() => prepared[Symbol.asyncDispose]())

it('has T3 seed 29 owners where the release does not check: "own" is 29', async () => {
  await using project = await copySlimOneRoof()
  const seed = 'FROM public.v_axis_ownership_seed AS s\n'
  const without = `WHERE (s.family_code, s.scope_code) <> ('catalogue', 'data_steward')\n`
  await project.edit('sql/release/t3_ownership.sql', seed, seed + without)
  await project.edit('sql/release/t3_ownership.sql', 'IF gap > 0 THEN', 'IF false THEN')
  const { T3 } = stepsOf(await prepared.rehearse(project, 'T3'))
  expect(T3).toMatchObject({ status: 'performed', problems: [], after: { own: 29, gap: 7 } })
  expect(compareDeclaration({ rows: { gov_ownership: { inserted: 30 } } }, T3!.effect!)).toContainEqual(
    expect.stringMatching(/^rows inserted in gov_ownership: 29, declared 30/),
  )
})

it('has T6 refuse two owners that slipped by T3, and blocks T8', async () => {
  await using project = await copySlimOneRoof()
  await sneakIn(
    project,
    't3_ownership.sql',
    `INSERT INTO public.gov_ownership (family_code, scope_code, owner_id, source, valid_from)
     SELECT 'catalogue', 'data_steward', u.id, 'manual', '2026-06-01'
     FROM public.directus_users AS u WHERE u.email = 'hugo.laurent@oneroof.example'`,
  )
  const evidence = await prepared.rehearse(project, 'T8')
  expect(evidence.verdict).toBe('fail')
  const { T3, T5, T6, T8 } = stepsOf(evidence)
  expect(T3!.after['conflict']).toBe(7)
  expect([T5!.status, T6!.status, T8!.status]).toEqual(['performed', 'failed', 'blocked'])
  expect(T6!.reason).toContain('T6 SCANNER FAILED: critical=7 (SQLSTATE 23000)')
  expect(T8!.reason).toContain('T6 failed: psql exit 3: T6 SCANNER FAILED: critical=7')
})

it('has T8 refuse a gate that was opened behind the scan', async () => {
  await using project = await copySlimOneRoof()
  await sneakIn(project, 't6_scanner.sql', 'UPDATE public.emission_gate SET is_open = true')
  const evidence = await prepared.rehearse(project, 'T8')
  expect(evidence.verdict).toBe('fail')
  const { T6, T8 } = stepsOf(evidence)
  expect(T6!.after['emittable']).toBe(14)
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
  const evidence = await prepared.rehearse(project, 'divergence', 'second-run', 'gate-revoke')
  expect(evidence.verdict).toBe('fail')
  const { T8, divergence } = stepsOf(evidence)
  expect(T8!.reason).toContain('T8 VERIFY FAILED: label_orphans=1 (SQLSTATE 23000)')
  expect(divergence!.reason).toContain('T8 failed: psql exit 3: T8 VERIFY FAILED: label_orphans=1')
  // The comparison, and the whole reading before it.
  expect(notPerformed(evidence)).toEqual(['full-read blocked', 'divergence blocked', 'T8 failed'])
})
