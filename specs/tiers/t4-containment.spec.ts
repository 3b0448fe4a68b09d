import { sql, tier } from '../words.ts'

tier('T4', 'containment', (it) => {
  it('requires a container for 35 objects, and has one for each', ({ expect, after, printed }) => {
    expect(after).toMeasure({ containment_required: 35, containment_gap: 0, current_ownership: 35 })
    expect(printed).toReport({ required: 35, gap: 0 })
  })

  it('adds one axis, five values, one rule, 35 assignments and 35 ownership rows', ({
    expect,
    effect,
    after,
  }) => {
    expect(effect).toBeExactly({
      rows: {
        axis: { inserted: 1 },
        axis_value: { inserted: 5 },
        axis_coverage_rule: { inserted: 1 },
        axis_assignment: { inserted: 35 },
        axis_object_ownership: { inserted: 35 },
      },
      sequences: { axis_object_ownership_id_seq: 35 },
    })
    expect(after).toMeasure({
      'values.containment': 5,
      'rules.containment': 1,
      'assignments.containment': 35,
    })
  })

  it('contains every object in its family', async ({ expect, clone }) => {
    const elsewhere = sql`
      SELECT o.code FROM axis_object_ownership w JOIN governed_objects o ON o.id = w.object_id
      WHERE w.axis_code = 'containment' AND w.value_code IS DISTINCT FROM o.family_code`
    expect(await clone.query(elsewhere)).toEqual([])
  })
})
