import { defineMeasures } from 'dress-rehearsal'

/**
 * What One-Roof is measured by. Every query reads base tables on its own, never a view of the release; views that
 * show the same figure stand beside it under `views`, and must agree.
 */
export const measures = defineMeasures({
  // Production's governance layer
  own: { title: 'owners named, by (family, scope)', sql: 'SELECT count(*) FROM gov_ownership' },
  gap: {
    title: 'required (object, scope) pairs without an owner',
    sql: `
      SELECT count(*)
      FROM governed_objects o
      CROSS JOIN responsibility_scopes s
      LEFT JOIN gov_ownership w ON w.family_code = o.family_code AND w.scope_code = s.code
      WHERE s.required AND w.id IS NULL`,
    views: ['SELECT count(*) FROM v_gov_responsibility_gap'],
  },
  conflict: {
    title: '(object, scope) pairs with two different owners',
    sql: `
      SELECT count(*)
      FROM (
        SELECT o.id, w.scope_code
        FROM governed_objects o
        JOIN gov_ownership w ON w.family_code = o.family_code
        GROUP BY o.id, w.scope_code
        HAVING min(w.owner_id::text) <> max(w.owner_id::text)
      ) AS pair`,
    views: [
      'SELECT count(*) FROM v_gov_ownership_conflict',
      'SELECT count(*) FROM v_axis_drift_ownership_conflict',
    ],
  },
  ospa: { title: 'approvals of proposals', sql: 'SELECT count(*) FROM os_proposal_approvals' },
  gov_emit: { title: 'governance events emitted to the outside', sql: 'SELECT count(*) FROM gov_emissions' },
  gov_outbox: { title: 'messages waiting for the outside', sql: 'SELECT count(*) FROM gov_outbox' },
  inventory: {
    title: 'governed objects',
    sql: 'SELECT count(*) FROM governed_objects',
    views: ['SELECT count(*) FROM v_gov_inventory'],
  },
  families: { title: 'families of governed objects', sql: 'SELECT count(*) FROM governed_families' },
  scopes: {
    title: 'required responsibility scopes',
    sql: 'SELECT count(*) FROM responsibility_scopes WHERE required',
  },
  entity_labels: { title: 'labels of items', sql: 'SELECT count(*) FROM entity_labels' },
  system_issues: { title: 'issues of the back end', sql: 'SELECT count(*) FROM system_issues' },
  label_orphans: {
    title: 'labels of items that the taxonomy does not have',
    sql: `
      SELECT count(*)
      FROM entity_labels e
      LEFT JOIN taxonomy_labels l ON l.code = e.label_code
      WHERE l.code IS NULL`,
    views: ['SELECT count(*) FROM v_axis_label_orphan'],
  },
  kg_domain_x: {
    title: 'status of the label kg-domain-x',
    sql: `SELECT coalesce(max(status), 'absent') FROM taxonomy_labels WHERE code = 'kg-domain-x'`,
  },
  idle: {
    title: 'sessions idle in a transaction',
    where: 'production',
    requiresRole: 'pg_read_all_stats',
    sql: `
      SELECT count(*)
      FROM pg_stat_activity
      WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
  },

  // The substrate as objects
  axis: {
    title: 'tables of the axis substrate',
    sql: `
      SELECT count(*) FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname ~ '^axis(_|$)'`,
  },
  axis_views: {
    title: 'views of the axis substrate',
    sql: `
      SELECT count(*) FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'v' AND relname ~ '^v_axis'`,
  },

  // Axes
  active_axes: {
    title: 'active axes',
    needs: ['axis'],
    sql: `SELECT count(*) FROM axis WHERE status = 'active'`,
    views: [`SELECT count(*) FROM v_axis_overview WHERE status = 'active'`],
  },
  values: {
    title: 'values by axis',
    needs: ['axis_value'],
    each: 'SELECT axis_code, count(*) FROM axis_value GROUP BY axis_code',
    kinds: ['responsibility', 'containment', 'topic'],
  },
  rules: {
    title: 'coverage rules by axis',
    needs: ['axis_coverage_rule'],
    each: 'SELECT axis_code, count(*) FROM axis_coverage_rule GROUP BY axis_code',
    kinds: ['responsibility', 'containment', 'topic'],
  },
  assignments: {
    title: 'assignments by axis',
    needs: ['axis_assignment'],
    each: 'SELECT axis_code, count(*) FROM axis_assignment GROUP BY axis_code',
    kinds: ['responsibility', 'containment', 'topic'],
  },
  maps: {
    title: 'maps from labels to topics',
    needs: ['axis_value_map'],
    sql: `SELECT count(*) FROM axis_value_map WHERE axis_code = 'topic'`,
  },

  // Responsibility and containment, by rule
  resp_required: {
    title: '(object, scope) pairs that the responsibility axis requires',
    needs: ['axis', 'axis_value', 'axis_coverage_rule'],
    sql: `
      SELECT count(*)
      FROM governed_objects
      CROSS JOIN axis_value v
      JOIN axis_coverage_rule r ON r.axis_code = v.axis_code
      WHERE v.axis_code = 'responsibility'`,
    views: [`SELECT coalesce(max(required), 0) FROM v_axis_coverage WHERE axis_code = 'responsibility'`],
  },
  resp_axis_gap: {
    title: 'of these, pairs without an owner',
    needs: ['axis', 'axis_value', 'axis_coverage_rule'],
    sql: `
      SELECT count(*)
      FROM governed_objects o
      CROSS JOIN axis_value v
      JOIN axis_coverage_rule r ON r.axis_code = v.axis_code
      LEFT JOIN gov_ownership w ON w.family_code = o.family_code AND w.scope_code = v.code
      WHERE v.axis_code = 'responsibility' AND w.id IS NULL`,
    views: [
      'SELECT count(*) FROM v_axis_responsibility_gap',
      `SELECT coalesce(max(gap), 0) FROM v_axis_coverage WHERE axis_code = 'responsibility'`,
    ],
  },
  containment_required: {
    title: 'objects that need a container',
    needs: ['axis', 'axis_coverage_rule'],
    sql: `
      SELECT count(*)
      FROM governed_objects
      JOIN axis_coverage_rule r ON r.axis_code = 'containment'`,
    views: [`SELECT coalesce(max(required), 0) FROM v_axis_coverage WHERE axis_code = 'containment'`],
  },
  containment_gap: {
    title: 'of these, objects that are not in exactly one',
    needs: ['axis', 'axis_coverage_rule', 'axis_object_ownership'],
    sql: `
      SELECT count(*)
      FROM governed_objects o
      JOIN axis_coverage_rule r ON r.axis_code = 'containment'
      WHERE 1 <> (
        SELECT count(*) FROM axis_object_ownership w
        WHERE w.object_id = o.id AND w.axis_code = 'containment' AND w.valid_to IS NULL
      )`,
    views: [
      `SELECT count(*) FROM v_axis_coverage_gap WHERE axis_code = 'containment'`,
      `SELECT coalesce(max(gap), 0) FROM v_axis_coverage WHERE axis_code = 'containment'`,
    ],
  },
  axis_object_ownership: {
    title: 'rows of container ownership',
    needs: ['axis_object_ownership'],
    sql: 'SELECT count(*) FROM axis_object_ownership',
  },
  current_ownership: {
    title: 'of these, current',
    needs: ['axis_object_ownership'],
    sql: 'SELECT count(*) FROM axis_object_ownership WHERE valid_to IS NULL',
    views: ['SELECT count(*) FROM v_axis_container_current'],
  },

  // Topics and reconciliation
  divergent: {
    title: 'maps whose label leads elsewhere, or counts no more',
    needs: ['axis_value_map'],
    sql: `
      SELECT count(*)
      FROM axis_value_map m
      LEFT JOIN taxonomy_labels l
        ON l.code = m.label_code AND l.topic_code = m.value_code AND l.status = 'active' AND l.approval = 'approved'
      WHERE m.axis_code = 'topic' AND l.code IS NULL`,
    views: ['SELECT count(*) FROM v_axis_drift_map_divergence'],
  },
  projection_gap: {
    title: 'approved labels, unprojected and undecided',
    needs: ['reconcile_decisions'],
    sql: `
      SELECT count(*)
      FROM taxonomy_labels l
      LEFT JOIN taxonomy_projection p ON p.label_code = l.code
      LEFT JOIN reconcile_decisions d ON d.label_code = l.code
      WHERE l.approval = 'approved' AND p.label_code IS NULL AND d.id IS NULL`,
    views: ['SELECT count(*) FROM v_axis_projection_gap'],
  },
  reconcile_decisions: {
    title: 'decisions about labels',
    needs: ['reconcile_decisions'],
    sql: 'SELECT count(*) FROM reconcile_decisions',
  },
  decisions: {
    title: 'decisions by kind',
    needs: ['reconcile_decisions'],
    each: 'SELECT decision, count(*) FROM reconcile_decisions GROUP BY decision',
    kinds: ['quarantine', 'orthogonal', 'projection_pending'],
  },

  // Drift and emission
  scans: { title: 'drift scans', needs: ['drift_scans'], sql: 'SELECT count(*) FROM drift_scans' },
  detectors: {
    title: 'drift detectors by severity',
    needs: ['drift_detectors'],
    each: 'SELECT severity, count(*) FROM drift_detectors GROUP BY severity',
    kinds: ['info', 'warning', 'critical'],
  },
  open_drift: {
    title: 'open findings',
    needs: ['drift_findings'],
    sql: `SELECT count(*) FROM drift_findings WHERE status = 'open'`,
    views: [
      'SELECT count(*) FROM v_axis_open_finding',
      'SELECT coalesce(sum(open_findings), 0) FROM v_axis_open_drift',
    ],
  },
  critical_drift: {
    title: 'of these, critical',
    needs: ['drift_findings'],
    sql: `SELECT count(*) FROM drift_findings WHERE status = 'open' AND severity = 'critical'`,
    views: [`SELECT count(*) FROM v_axis_open_finding WHERE severity = 'critical'`],
  },
  drift: {
    title: 'open findings by detector',
    needs: ['drift_findings'],
    each: `SELECT detector_code, count(*) FROM drift_findings WHERE status = 'open' GROUP BY detector_code`,
    kinds: [
      'coverage_rule_missing',
      'projection_lag',
      'projection_lag_timing',
      'topic_without_label',
      'ui_visible_unapproved',
      'ownership_conflict',
      'coverage_gap',
      'containment_breach',
      'map_divergence',
      'label_orphan',
    ],
  },
  emittable: {
    title: 'open findings that the emission gate lets through',
    needs: ['drift_findings', 'emission_gate'],
    sql: `
      SELECT count(*)
      FROM drift_findings
      JOIN emission_gate g ON g.is_open
      WHERE status = 'open'`,
    views: ['SELECT count(*) FROM v_axis_emittable_finding'],
  },
  gates: {
    title: 'emission gates by state',
    needs: ['emission_gate'],
    each: `SELECT CASE WHEN is_open THEN 'open' ELSE 'closed' END, count(*) FROM emission_gate GROUP BY 1`,
    kinds: ['open', 'closed'],
  },
})
