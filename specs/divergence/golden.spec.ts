import { act, sql } from '../words.ts'

act('divergence', 'golden against rehearsal', (it) => {
  it('has 40 rows of container ownership in golden, five of them superseded', async ({
    expect,
    before,
    after,
    golden,
  }) => {
    expect(before).toMeasure({ axis_object_ownership: 40, current_ownership: 35 })
    expect(after).toMeasure({ axis_object_ownership: 35, current_ownership: 35 })
    const superseded = sql`
      SELECT o.code, w.axis_code FROM axis_object_ownership w JOIN governed_objects o ON o.id = w.object_id
      WHERE w.valid_to IS NOT NULL ORDER BY o.code`
    expect(await golden.query(superseded)).toEqual(
      [
        'kg_answer_snippets',
        'kg_glossary_terms',
        'kg_procedures',
        'kg_regulations',
        'kg_source_documents',
      ].map((code) => ({
        code,
        axis_code: 'containment',
      })),
    )
  })

  it('has a ninth topic in golden, left by experiments', async ({ expect, before, after, golden }) => {
    expect(before).toMeasure({ 'values.topic': 9 })
    expect(after).toMeasure({ 'values.topic': 8 })
    const left = sql`
      SELECT v.code FROM axis_value v LEFT JOIN taxonomy_topics t ON t.code = v.code
      WHERE v.axis_code = 'topic' AND t.code IS NULL`
    expect(await golden.query(left)).toEqual([{ code: 'heating' }])
  })

  it('has a sixth decision in golden, about a label approved on 06-02', async ({
    expect,
    before,
    after,
    golden,
  }) => {
    expect(before).toMeasure({ reconcile_decisions: 6, 'decisions.quarantine': 1, 'decisions.orthogonal': 4 })
    expect(after).toMeasure({ reconcile_decisions: 5, 'decisions.quarantine': 1, 'decisions.orthogonal': 4 })
    const pending = sql`SELECT label_code FROM reconcile_decisions WHERE decision = 'projection_pending'`
    expect(await golden.query(pending)).toEqual([{ label_code: 'kg-domain-moving' }])
  })

  it('has 38 open drifts in golden against 14, and none critical in either', ({ expect, before, after }) => {
    expect(before).toMeasure({
      open_drift: 38,
      critical_drift: 0,
      'drift.coverage_rule_missing': 1,
      'drift.projection_lag': 6,
      'drift.projection_lag_timing': 16,
      'drift.topic_without_label': 2,
      'drift.ui_visible_unapproved': 13,
    })
    expect(after).toMeasure({ open_drift: 14, critical_drift: 0 })
  })

  it("has production's own tables differ by the rewind alone", ({ expect, facts }) => {
    const tables = facts.ownTables
    const counts = Object.entries(tables).map(([table, { onlyFirst, onlySecond, changed }]) => [
      table,
      { onlyGolden: onlyFirst.length, onlyRehearsal: onlySecond.length, changed: changed.length },
    ])
    expect(Object.fromEntries(counts)).toEqual({
      gov_events: { onlyGolden: 0, onlyRehearsal: 9, changed: 0 },
      governed_objects: { onlyGolden: 0, onlyRehearsal: 0, changed: 7 },
      taxonomy_labels: { onlyGolden: 0, onlyRehearsal: 0, changed: 1 },
      taxonomy_projection: { onlyGolden: 0, onlyRehearsal: 0, changed: 17 },
    })
  })
})
