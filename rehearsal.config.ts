import { defineRehearsal } from 'dress-rehearsal'
import { measures } from './specs/measures.ts'

// The report's own size: rows with all that their sources told, a database of 1.2 GB.
const sizes = { default: {}, report: { variables: { evidence: 'full' } } }
const wanted = process.env['REHEARSAL_SIZE'] ?? 'default'
if (!(wanted === 'default' || wanted === 'report'))
  throw new Error(`REHEARSAL_SIZE is "${wanted}": there are default and report`)
const size = sizes[wanted]

export default defineRehearsal({
  name: 'One-Roof',
  production: {
    ...size,
    database: 'directus',
    activity: 'quiet',
    owner: 'directus',
    administration: 'sql/production/administration.sql',
    script: 'sql/production/make.sql',
  },
  golden: {
    database: 'directus_gov_golden_20260602',
    rewind: 'sql/golden/rewind.sql',
    experiments: 'sql/golden/experiments.sql',
    rewound: ['gov_events', 'governed_objects', 'taxonomy_labels', 'taxonomy_projection'],
    nondeterministic: {
      'reconcile_decisions.id': 'a number given in passing, moved by the decision more',
      'drift_findings.id': 'a number given in passing, moved by the findings more',
      'drift_scans.findings': 'how many findings there are, whose rows are compared themselves',
    },
  },
  nondeterministic: {
    'gov_ownership.created_at': 'the time at which the release ran',
    'axis.created_at': 'the time at which the release ran',
    'axis_coverage_rule.created_at': 'the time at which the release ran',
    'axis_assignment.created_at': 'the time at which the release ran',
    'axis_value_map.created_at': 'the time at which the release ran',
    'axis_value.created_at': 'the time at which the release ran',
    'axis_object_ownership.created_at': 'the time at which the release ran',
    'reconcile_decisions.created_at': 'the time at which the release ran',
    'drift_scans.scanned_at': 'the time at which the release ran',
    'emission_gate.changed_at': 'the time at which the release ran',
  },
  clone: { database: 'directus_gov_rehearsal_20260603' },
  release: {
    directory: 'sql/release',
    script: '99_run_all.sql',
    rollback: { file: 'rollback.sql', prints: { ownership: 'own', gap: 'gap' } },
    tiers: [
      {
        id: 'T0',
        title: 'preflight',
        file: 't0_preflight.sql',
        guarded: true,
        prints: { ospa: 'ospa', gap: 'gap', own: 'own', conflict: 'conflict', emit: 'gov_emit' },
      },
      {
        id: 'T1',
        title: 'structure',
        file: 't1_structure.sql',
        guarded: true,
        prints: { views: 'axis_views' },
      },
      {
        id: 'T2',
        title: 'responsibility',
        file: 't2_responsibility.sql',
        guarded: true,
        prints: {
          required: 'resp_required',
          generalized_gap: 'resp_axis_gap',
          canonical_gap: 'gap',
          values: 'values.responsibility',
          rules: 'rules.responsibility',
        },
      },
      {
        id: 'T3',
        title: 'ownership seed',
        file: 't3_ownership.sql',
        guarded: true,
        prints: { gap: 'gap', conflict: 'conflict', own: 'own', gov_emit: 'gov_emit' },
      },
      {
        id: 'T4',
        title: 'containment',
        file: 't4_containment.sql',
        guarded: true,
        prints: {
          required: 'containment_required',
          gap: 'containment_gap',
          values: 'values.containment',
          rules: 'rules.containment',
          assignments: 'assignments.containment',
          ownership: 'axis_object_ownership',
        },
      },
      {
        id: 'T5',
        title: 'topic',
        file: 't5_topic.sql',
        guarded: true,
        prints: {
          divergent: 'divergent',
          projection_gap: 'projection_gap',
          values: 'values.topic',
          maps: 'maps',
          assignments: 'assignments.topic',
          decisions: 'reconcile_decisions',
          quarantine: 'decisions.quarantine',
          orthogonal: 'decisions.orthogonal',
          projection_pending: 'decisions.projection_pending',
        },
      },
      {
        id: 'T6',
        title: 'scanner',
        file: 't6_scanner.sql',
        guarded: true,
        prints: {
          findings: 'open_drift',
          critical: 'critical_drift',
          emittable: 'emittable',
          outbox: 'gov_outbox',
          coverage_rule_missing: 'drift.coverage_rule_missing',
          projection_lag: 'drift.projection_lag',
          projection_lag_timing: 'drift.projection_lag_timing',
          topic_without_label: 'drift.topic_without_label',
          ui_visible_unapproved: 'drift.ui_visible_unapproved',
        },
      },
      {
        id: 'T8',
        title: 'verify',
        file: 't8_verify.sql',
        guarded: false,
        prints: {
          gap: 'gap',
          conflict: 'conflict',
          containment: 'containment_gap',
          divergent: 'divergent',
          projection: 'projection_gap',
          critical: 'critical_drift',
        },
      },
    ],
  },
  gate: {
    title: 'approval gate simulated',
    apply: `
      INSERT INTO public.os_proposal_approvals (proposal_code, approved_by, decision, approved_at, note)
      SELECT 'OSP-2026-03', id, 'approved', '2026-06-03 06:00+00', 'Simulated by the rehearsal, on the clone only.'
      FROM public.directus_users
      WHERE email = 'amara.okafor@oneroof.example'`,
    revoke: `
      DELETE FROM public.os_proposal_approvals
      WHERE proposal_code = 'OSP-2026-03' AND note = 'Simulated by the rehearsal, on the clone only.'`,
  },
  measures,
  divergences: [
    {
      title: 'container ownership',
      measures: ['axis_object_ownership'],
      tables: ['axis_object_ownership'],
      cause: 'golden has superseded rows of the containment axis from earlier substrate experiments',
      rows: `
        SELECT w.axis_code, o.code AS object, w.value_code, w.valid_from, w.valid_to, w.source
        FROM axis_object_ownership w JOIN governed_objects o ON o.id = w.object_id
        ORDER BY o.code, w.valid_from`,
    },
    {
      title: 'topic values',
      measures: ['values.topic'],
      tables: ['axis_value'],
      cause: 'golden has a topic left by promote, merge and split experiments',
      rows: `SELECT code, name FROM axis_value WHERE axis_code = 'topic' ORDER BY code`,
    },
    {
      title: 'decisions',
      measures: ['reconcile_decisions', 'decisions.projection_pending'],
      tables: ['reconcile_decisions'],
      cause:
        'a label was approved on 06-02 and gave a pending projection; by 06-03 its approval was withdrawn',
      rows: 'SELECT label_code, decision, reason FROM reconcile_decisions ORDER BY label_code',
    },
    {
      title: 'drift',
      measures: [
        'open_drift',
        'drift.projection_lag',
        'drift.projection_lag_timing',
        'drift.ui_visible_unapproved',
      ],
      tables: ['drift_findings'],
      cause: 'the detectors reflect live labels and taxonomy, which have moved on since 06-02',
      rows: `
        SELECT detector_code, severity, subject FROM drift_findings WHERE status = 'open'
        ORDER BY detector_code, subject`,
    },
  ],
})
