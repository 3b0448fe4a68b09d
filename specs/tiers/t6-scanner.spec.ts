import { tier } from '../words.ts'

tier('T6', 'scanner', (it) => {
  it('scans once, and finds nothing critical', ({ expect, after, printed }) => {
    expect(printed).toReport({ scan_id: 1, critical: 0, emittable: 0, outbox: 0 })
    expect(after).toMeasure({ scans: 1, critical_drift: 0 })
  })

  it('finds 14 drifts, by detector', ({ expect, after }) => {
    expect(after).toMeasure({
      open_drift: 14,
      'drift.coverage_rule_missing': 1,
      'drift.projection_lag': 1,
      'drift.projection_lag_timing': 4,
      'drift.topic_without_label': 2,
      'drift.ui_visible_unapproved': 6,
    })
  })

  it('finds none by its critical detectors', ({ expect, after }) => {
    expect(after).toMeasure({
      'drift.ownership_conflict': 0,
      'drift.coverage_gap': 0,
      'drift.containment_breach': 0,
      'drift.map_divergence': 0,
      'drift.label_orphan': 0,
    })
  })

  it('is fail-closed: nothing may be emitted, nothing waits, nothing was sent', ({
    expect,
    after,
    notices,
  }) => {
    expect(after).toMeasure({ emittable: 0, gov_outbox: 0, gov_emit: 0, 'gates.open': 0, 'gates.closed': 1 })
    expect(notices.join('\n')).toContain('fail-closed')
  })

  it('touches nothing else', ({ expect, effect }) => {
    expect(effect).toBeExactly({
      rows: {
        drift_detectors: { inserted: 10 },
        drift_scans: { inserted: 1 },
        drift_findings: { inserted: 14 },
        emission_gate: { inserted: 1 },
      },
      sequences: { drift_findings_id_seq: 14, drift_scans_id_seq: 1 },
    })
  })
})
