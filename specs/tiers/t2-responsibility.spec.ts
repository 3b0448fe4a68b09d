import { sql, tier } from '../words.ts'

tier('T2', 'responsibility', (it) => {
  it('requires 210 pairs, and finds an owner for none', ({ expect, after, printed }) => {
    expect(after).toMeasure({ resp_required: 210, resp_axis_gap: 210, gap: 210 })
    expect(printed).toReport({ required: 210, generalized_gap: 210, canonical_gap: 210, drift: 0 })
  })

  it('has the generalized gap equal the canonical one, pair by pair', async ({ expect, clone }) => {
    const drift = await clone.query(sql`
      (SELECT object_id, scope_code FROM v_axis_responsibility_gap EXCEPT SELECT object_id, scope_code FROM v_gov_responsibility_gap)
      UNION ALL
      (SELECT object_id, scope_code FROM v_gov_responsibility_gap EXCEPT SELECT object_id, scope_code FROM v_axis_responsibility_gap)`)
    expect(drift).toEqual([])
  })

  it('adds one axis, six values and one rule, and touches nothing else', ({ expect, effect, after }) => {
    expect(effect).toBeExactly({
      rows: { axis: { inserted: 1 }, axis_value: { inserted: 6 }, axis_coverage_rule: { inserted: 1 } },
    })
    expect(after).toMeasure({ active_axes: 1, 'values.responsibility': 6, 'rules.responsibility': 1 })
  })
})
