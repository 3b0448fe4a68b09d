import { sql, tier } from '../words.ts'

tier('T5', 'topic', (it) => {
  it('leaves nothing divergent and no projection gap', ({ expect, after, printed }) => {
    expect(after).toMeasure({ divergent: 0, projection_gap: 0 })
    expect(printed).toReport({ divergent: 0, projection_gap: 0 })
  })

  it('adds one axis, eight values, seven maps, six assignments and five decisions', ({
    expect,
    effect,
    after,
  }) => {
    expect(effect).toBeExactly({
      rows: {
        axis: { inserted: 1 },
        axis_value: { inserted: 8 },
        axis_value_map: { inserted: 7 },
        axis_assignment: { inserted: 6 },
        reconcile_decisions: { inserted: 5 },
      },
      sequences: { reconcile_decisions_id_seq: 5 },
    })
    expect(after).toMeasure({
      active_axes: 3,
      'values.topic': 8,
      maps: 7,
      'assignments.topic': 6,
      'rules.topic': 0,
    })
  })

  it('decides about five labels: one quarantined, four orthogonal, none pending', ({ expect, after }) => {
    expect(after).toMeasure({
      reconcile_decisions: 5,
      'decisions.quarantine': 1,
      'decisions.orthogonal': 4,
      'decisions.projection_pending': 0,
    })
  })

  it('covers six of eight topics with seven labels', async ({ expect, clone }) => {
    const covered = sql`SELECT count(DISTINCT value_code) AS topics, count(*) AS labels FROM axis_value_map`
    expect(await clone.query(covered)).toEqual([{ topics: 6n, labels: 7n }])
  })

  it('assigns each covered topic to the object whose items bear it most often', async ({ expect, clone }) => {
    const elsewhere = sql`
      WITH borne AS (
        SELECT m.value_code, o.id AS object_id, count(*) AS labels
        FROM entity_labels e
        JOIN axis_value_map m ON m.label_code = e.label_code
        JOIN governed_objects o ON o.code = e.collection
        WHERE e.approval = 'approved'
        GROUP BY m.value_code, o.id
      )
      SELECT a.value_code FROM axis_assignment a JOIN borne b USING (value_code, object_id)
      WHERE a.axis_code = 'topic' AND b.labels < (SELECT max(labels) FROM borne WHERE value_code = a.value_code)`
    expect(await clone.query(elsewhere)).toEqual([])
  })
})
