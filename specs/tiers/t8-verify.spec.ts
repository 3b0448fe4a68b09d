import { sql, tier } from '../words.ts'

tier('T8', 'verify', (it) => {
  it('measures what the final table must hold', ({ expect, after }) => {
    expect(after).toMeasure({
      gap: 0,
      conflict: 0,
      resp_required: 210,
      resp_axis_gap: 0,
      containment_required: 35,
      containment_gap: 0,
      active_axes: 3,
      divergent: 0,
      projection_gap: 0,
      label_orphans: 0,
      open_drift: 14,
      critical_drift: 0,
      emittable: 0,
      gov_outbox: 0,
      kg_domain_x: 'active',
      reconcile_decisions: 5,
    })
  })

  it('shows the same in its own table', async ({ expect, clone }) => {
    const rows = await clone.query(sql`SELECT name, value FROM v_axis_release_check ORDER BY position`)
    expect(Object.fromEntries(rows.map(({ name, value }) => [name, value]))).toEqual({
      resp_gap: '0',
      conflict: '0',
      resp_axis: '210/0',
      containment: '35/0',
      active_axes: '3',
      divergent: '0',
      projection_gap: '0',
      label_orphans: '0',
      open_drift: '14',
      critical_drift: '0',
      emittable: '0',
      gov_outbox: '0',
      'kg-domain-x': 'active',
      reconcile_decisions: '5',
    })
  })

  it('prints its line', ({ expect, notices }) => {
    expect(notices.join('\n')).toContain(
      'gap=0 conflict=0 containment=0 divergent=0 projection=0 critical=0 fail-closed',
    )
  })

  it('only reads, and ends the release with exit 0', ({ expect, effect, facts }) => {
    expect(effect).toBeExactly({})
    expect(facts.exitCode).toBe(0)
  })

  it('leaves 3 axes, 19 values, 2 rules, 7 maps, 41 assignments and 35 ownership rows', async ({
    expect,
    clone,
  }) => {
    const totals = sql`
      SELECT (SELECT count(*) FROM axis) AS axes, (SELECT count(*) FROM axis_value) AS values,
        (SELECT count(*) FROM axis_coverage_rule) AS rules, (SELECT count(*) FROM axis_value_map) AS maps,
        (SELECT count(*) FROM axis_assignment) AS assignments, (SELECT count(*) FROM axis_object_ownership) AS ownership`
    expect(await clone.query(totals)).toEqual([
      { axes: 3n, values: 19n, rules: 2n, maps: 7n, assignments: 41n, ownership: 35n },
    ])
  })

  it('leaves the big tables as they were', ({ expect, after }) => {
    expect(after).toMeasure({ entity_labels: 820_183, system_issues: 204_556 })
  })
})
