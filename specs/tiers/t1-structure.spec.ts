import { sql, tier } from '../words.ts'

tier('T1', 'structure', (it) => {
  it('creates 11 tables, 31 views and one function, and nothing beside them', ({
    expect,
    effect,
    printed,
  }) => {
    expect(effect).toBeExactly({
      created: { table: 11, view: 31, function: 1 },
    })
    expect(printed).toReport({ tables: 11, views: 31, functions: 1 })
  })

  it('makes the six tables of the axis substrate, empty', ({ expect, before, after }) => {
    expect(before).toMeasure({ axis: 0, axis_views: 0 })
    expect(after).toMeasure({ axis: 6, axis_views: 31, active_axes: 0, scans: 0, reconcile_decisions: 0 })
  })

  it('comments on every table, view and function that it makes', async ({ expect, clone }) => {
    const undocumented = await clone.query(sql`
      SELECT c.relname FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v')
        AND (c.relname ~ '^(v_)?axis' OR c.relname IN
          ('reconcile_decisions', 'drift_detectors', 'drift_scans', 'drift_findings', 'emission_gate'))
        AND obj_description(c.oid, 'pg_class') IS NULL`)
    expect(undocumented).toEqual([])
  })
})
