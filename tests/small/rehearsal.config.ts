import { defineMeasures, defineRehearsal } from 'dress-rehearsal'

const measures = defineMeasures({
  branches: { title: 'branches', sql: 'SELECT count(*) FROM branches' },
  policies: { title: 'loan policies', sql: 'SELECT count(*) FROM loan_policies' },
  missing: {
    title: 'branches without a policy',
    sql: 'SELECT count(*) FROM branches b LEFT JOIN loan_policies p ON p.branch_code = b.code WHERE p.id IS NULL',
    views: ['SELECT count(*) FROM v_branches_without_policy', 'SELECT count(*) FROM v_axis_missing'],
  },
  approvals: { title: 'approvals', sql: 'SELECT count(*) FROM approvals' },
  terms: { title: 'terms', needs: ['axis_terms'], sql: 'SELECT count(*) FROM axis_terms' },
  axis_tables: {
    title: 'tables of the terms',
    sql: String.raw`SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'axis\_%'`,
  },
})

export default defineRehearsal({
  name: 'Lending library',
  production: {
    database: 'library',
    activity: 'quiet',
    owner: 'librarian',
    script: 'sql/production/make.sql',
  },
  golden: {
    database: 'library_golden',
    rewind: 'sql/golden/rewind.sql',
    experiments: 'sql/golden/experiments.sql',
    rewound: ['policy_proposals'],
  },
  clone: { database: 'library_rehearsal' },
  release: {
    directory: 'sql/release',
    script: 'run_all.sql',
    rollback: {
      file: 'rollback.sql',
      prints: { missing: 'missing' },
      residue: { sequences: { loan_policies_id_seq: 'numbers that were given out are not given out again' } },
    },
    tiers: [
      {
        id: 'T0',
        title: 'preflight',
        file: 't0_preflight.sql',
        guarded: true,
        prints: { missing: 'missing' },
      },
      { id: 'T1', title: 'structure', file: 't1_structure.sql', guarded: true },
      {
        id: 'T2',
        title: 'seed',
        file: 't2_seed.sql',
        guarded: true,
        prints: { policies: 'policies', missing: 'missing' },
      },
    ],
  },
  gate: {
    title: 'approval simulated',
    apply: "INSERT INTO approvals (approved_by) VALUES ('rehearsal')",
    revoke: "DELETE FROM approvals WHERE approved_by = 'rehearsal'",
  },
  measures,
  divergences: [
    {
      title: 'terms',
      measures: ['terms'],
      tables: ['axis_terms'],
      cause: 'a trial of longer loans at the harbour was left behind',
      rows: 'SELECT branch_code, is_current FROM axis_terms ORDER BY branch_code',
    },
  ],
})
