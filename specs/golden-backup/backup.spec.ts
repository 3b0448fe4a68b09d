import { act } from '../words.ts'

act('golden-backup', 'net: dumped, and the dump restored', (it) => {
  it('comes back from its dump with every measure', ({ expect, before, after }) => {
    expect(after).toEqualMeasures(before)
  })

  it('comes back from its dump with every table at its row count', ({ expect, facts }) => {
    expect(facts.tablesDiffering).toEqual([])
    expect(facts.tablesCompared).toBeGreaterThan(11)
    expect(facts.dumpBytes).toBeGreaterThan(0)
  })

  it('is the finalized state, with what the experiments left', ({ expect, before }) => {
    expect(before).toMeasure({ own: 30, gap: 0, axis: 6, axis_views: 31, active_axes: 3 })
    expect(before).toMeasure({
      axis_object_ownership: 40,
      'values.topic': 9,
      reconcile_decisions: 6,
      open_drift: 38,
    })
  })
})
