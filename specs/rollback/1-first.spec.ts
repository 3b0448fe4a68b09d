import { act } from '../words.ts'

act('rollback-1', 'brings the baseline back', (it) => {
  it('ends with exit 0 and says what is left', ({ expect, facts, printed }) => {
    expect(facts.exitCode).toBe(0)
    expect(printed).toReport({ ownership: 0, gap: 210, axis: 'absent' })
  })

  it('leaves no owner, no substrate and no view of it', ({ expect, after }) => {
    expect(after).toMeasure({ own: 0, gap: 210, axis: 0, axis_views: 0, conflict: 0, gov_emit: 0 })
  })

  it('equals every measure as it was just before T0', async ({ expect, after, at }) => {
    expect(after).toEqualMeasures((await at('T0')).before)
    expect(after).toMeasure({ ospa: 1 })
  })

  it('drops what T1 made, and takes back the owners', ({ expect, effect }) => {
    expect(effect).toBeExactly({
      dropped: { table: 11, view: 31, function: 1 },
      rows: {
        gov_ownership: { deleted: 30 },
        axis: { deleted: 3 },
        axis_value: { deleted: 19 },
        axis_coverage_rule: { deleted: 2 },
        axis_assignment: { deleted: 41 },
        axis_object_ownership: { deleted: 35 },
        axis_value_map: { deleted: 7 },
        reconcile_decisions: { deleted: 5 },
        drift_detectors: { deleted: 10 },
        drift_scans: { deleted: 1 },
        drift_findings: { deleted: 14 },
        emission_gate: { deleted: 1 },
      },
      sequences: { gov_ownership_id_seq: -30 },
    })
  })
})
