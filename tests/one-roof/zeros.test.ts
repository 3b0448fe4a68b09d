import { expect, it } from 'vitest'
import { copySlimOneRoof, failuresOf, sneakIn, stepsOf } from '../support/one-roof.ts'
import { expectVerdict } from '../support/read-evidence.ts'

interface Zero {
  readonly measure: string
  /** The tier behind whose own checks the statement runs. */
  readonly tier: string
  readonly file: string
  readonly statement: string
  readonly actual: number
  /** The test that must name it. */
  readonly test: string
}

const t3 = {
  tier: 'T3',
  file: 't3_ownership.sql',
  test: 'T3 ownership seed > names 30 owners and closes the gap',
}
const t4 = {
  tier: 'T4',
  file: 't4_containment.sql',
  test: 'T4 containment > requires a container for 35 objects, and has one for each',
}
const t5 = {
  tier: 'T5',
  file: 't5_topic.sql',
  test: 'T5 topic > leaves nothing divergent and no projection gap',
}
const t6 = { tier: 'T6', file: 't6_scanner.sql' }
const failClosed = {
  ...t6,
  test: 'T6 scanner > is fail-closed: nothing may be emitted, nothing waits, nothing was sent',
}

const zeros: readonly Zero[] = [
  {
    ...t3,
    measure: 'conflict',
    statement: `
      INSERT INTO public.gov_ownership (family_code, scope_code, owner_id, source, valid_from)
      SELECT 'catalogue', 'data_steward', u.id, 'manual', '2026-06-01'
      FROM public.directus_users AS u WHERE u.email = 'hugo.laurent@oneroof.example'`,
    actual: 7,
  },
  {
    ...t3,
    measure: 'gap',
    statement: `
      DELETE FROM public.gov_ownership WHERE family_code = 'catalogue' AND scope_code = 'data_steward'`,
    actual: 7,
  },
  {
    ...t3,
    measure: 'resp_axis_gap',
    statement: `
      INSERT INTO public.axis_value (axis_code, code, name, description, sort)
      VALUES ('responsibility', 'auditor', 'Auditor', 'Nobody is one.', 7)`,
    actual: 35,
  },
  {
    ...t4,
    measure: 'containment_gap',
    statement: `
      UPDATE public.axis_object_ownership SET valid_to = '2026-06-03 06:00+00'
      WHERE object_id = 17 AND valid_to IS NULL`,
    actual: 1,
  },
  {
    ...t5,
    measure: 'divergent',
    statement: `UPDATE public.axis_value_map SET value_code = 'mobility' WHERE label_code = 'kg-domain-rent'`,
    actual: 1,
  },
  {
    ...t5,
    measure: 'projection_gap',
    statement: `UPDATE public.taxonomy_labels SET approval = 'approved' WHERE code = 'kg-domain-lifts'`,
    actual: 1,
  },
  {
    ...t6,
    measure: 'critical_drift',
    statement: `UPDATE public.drift_findings SET severity = 'critical' WHERE detector_code = 'projection_lag'`,
    actual: 1,
    test: 'T6 scanner > scans once, and finds nothing critical',
  },
  {
    ...failClosed,
    measure: 'emittable',
    statement: `UPDATE public.emission_gate SET is_open = true WHERE channel = 'drift_findings'`,
    actual: 14,
  },
  {
    ...failClosed,
    measure: 'gov_outbox',
    statement: `INSERT INTO public.gov_outbox (topic, payload) VALUES ('drift_finding', '{}')`,
    actual: 1,
  },
  {
    ...failClosed,
    measure: 'gov_emit',
    statement: `
      INSERT INTO public.gov_emissions (topic, recipient, payload, emitted_at)
      VALUES ('drift_finding', 'regulator', '{}', '2026-06-03 06:00+00')`,
    actual: 1,
  },
]

for (const zero of zeros) {
  it(`shows "${zero.measure}" at ${zero.actual} in the specs of ${zero.tier}`, async () => {
    await using project = await copySlimOneRoof()
    await sneakIn(project, zero.file, zero.statement)
    const run = await project.rehearse(`specs/tiers/${zero.tier.toLowerCase()}`)
    expectVerdict('fail', run)
    expect(stepsOf(run.evidence)[zero.tier]!.status).toBe('performed')
    expect(failuresOf(run.evidence)[zero.test]).toContain(
      `after ${zero.tier}: measure "${zero.measure}" is ${zero.actual}, expected 0`,
    )
  })
}

const orphan = `
  INSERT INTO public.entity_labels (id, collection, item, label_code, source, confidence, approval, labelled_at)
  VALUES (900000001, 'web_pages', '1', 'kg-domain-unknown', 'import', 0.800, 'approved', '2026-06-02 10:00+00')`

const seenByT8 = [
  { measure: 'label_orphans', statement: orphan, actual: '1', expected: '0' },
  {
    measure: 'kg_domain_x',
    statement: `UPDATE public.taxonomy_labels SET status = 'deprecated' WHERE code = 'kg-domain-x'`,
    actual: 'deprecated',
    expected: 'active',
  },
]

for (const zero of seenByT8) {
  it(`shows "${zero.measure}" as ${zero.actual} in the specs of T8, whose own check was taken out`, async () => {
    await using project = await copySlimOneRoof()
    await sneakIn(project, 't6_scanner.sql', zero.statement)
    await project.edit(
      'sql/release/t8_verify.sql',
      'IF broken IS NOT NULL OR emitted > 0 THEN',
      'IF false THEN',
    )
    const run = await project.rehearse('specs/tiers/t8')
    expectVerdict('fail', run)
    expect(failuresOf(run.evidence)['T8 verify > measures what the final table must hold']).toContain(
      `after T8: measure "${zero.measure}" is ${zero.actual}, expected ${zero.expected}`,
    )
  })
}
