import { expect, it } from 'vitest'
import { readPrinted } from '../../harness/measure/contradictions.ts'
import { copySlimOneRoof, failuresOf, stepsOf } from '../support/one-roof.ts'
import type { Project } from '../support/project.ts'
import { expectVerdict, notPerformed, problemsOf } from '../support/read-evidence.ts'

interface Change {
  readonly what: string
  readonly sql: string
  /** Tier → what it then prints. */
  readonly printed: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** The tests that name a figure that the change moves, each with the figures that it tells, expected and actual. */
  readonly failures: Readonly<Record<string, string | RegExp | readonly (string | RegExp)[]>>
}

/** A difference as Vitest shows it, between what was expected and what was found. */
function differs(key: string, expected: string, actual: string): RegExp {
  return new RegExp(`^- +"${key}": ${expected},$[^]*^\\+ +"${key}": ${actual},$`, 'm')
}

const changes: readonly Change[] = [
  {
    what: 'one more governed object, and one more that is visible without approval',
    sql: `
      INSERT INTO public.governed_objects
        (code, title, kind, family_code, ui_visible, approval, approved_at, created_at, updated_at)
      VALUES ('waiting_lists', 'Waiting lists', 'collection', 'resident', true, 'approved',
        '2026-06-01 06:00+00', '2026-06-01 08:00+00', '2026-06-01 08:00+00');
      UPDATE public.governed_objects SET ui_visible = true, updated_at = '2026-06-01 06:00+00'
      WHERE code = 'spare_parts'`,
    printed: {
      T0: { gap: '216' },
      T2: { required: '216', generalized_gap: '216', canonical_gap: '216' },
      T4: { required: '36', assignments: '36', ownership: '36' },
      T6: { findings: '15', ui_visible_unapproved: '7', critical: '0' },
    },
    failures: {
      'baseline production at entry > has 35 governed objects, six scopes, and no owner for any pair':
        'measure "gap" is 216, expected 210',
      'golden-backup net: dumped, and the dump restored > is the finalized state, with what the experiments left':
        ['measure "axis_object_ownership" is 41, expected 40', 'measure "open_drift" is 39, expected 38'],
      'clone greenfield clone of production > stands at the entry baseline':
        'measure "gap" is 216, expected 210',
      'T0 preflight > finds the gate open and the substrate absent': 'printed gap=216, expected gap=210',
      'T2 responsibility > requires 210 pairs, and finds an owner for none':
        'measure "resp_required" is 216, expected 210',
      'T3 ownership seed > names 30 owners and closes the gap':
        'before T3: measure "gap" is 216, expected 210',
      'T4 containment > requires a container for 35 objects, and has one for each':
        'measure "containment_required" is 36, expected 35',
      'T4 containment > adds one axis, five values, one rule, 35 assignments and 35 ownership rows':
        'rows inserted in axis_assignment: 36, declared 35',
      'T6 scanner > finds 14 drifts, by detector': 'measure "open_drift" is 15, expected 14',
      'T6 scanner > touches nothing else': 'rows inserted in drift_findings: 15, declared 14',
      'T8 verify > measures what the final table must hold': [
        'measure "resp_required" is 216, expected 210',
        'measure "open_drift" is 15, expected 14',
      ],
      'T8 verify > shows the same in its own table': [
        differs('resp_axis', '"210/0"', '"216/0"'),
        differs('open_drift', '"14"', '"15"'),
      ],
      'T8 verify > leaves 3 axes, 19 values, 2 rules, 7 maps, 41 assignments and 35 ownership rows': differs(
        'assignments',
        '41n',
        '42n',
      ),
      'divergence golden against rehearsal > has 40 rows of container ownership in golden, five of them superseded':
        'measure "axis_object_ownership" is 41, expected 40',
      'divergence golden against rehearsal > has 38 open drifts in golden against 14, and none critical in either':
        'measure "open_drift" is 39, expected 38',
      'rollback-1 brings the baseline back > ends with exit 0 and says what is left':
        'printed gap=216, expected gap=210',
      'rollback-1 brings the baseline back > leaves no owner, no substrate and no view of it':
        'measure "gap" is 216, expected 210',
      'rollback-1 brings the baseline back > drops what T1 made, and takes back the owners': [
        'rows deleted in axis_assignment: 42, declared 41',
        'rows deleted in drift_findings: 15, declared 14',
      ],
      'isolation clean-up, and production as before > finds production equal to the entry baseline in every measure':
        'measure "gap" is 216, expected 210',
    },
  },
  {
    what: 'one more family, with its nominations and an object',
    sql: `
      INSERT INTO public.governed_families (code, name, description, sort)
      VALUES ('finance', 'Finance', 'Budgets, invoices and what is owed.', 6);
      INSERT INTO public.ownership_nominations (family_code, scope_code, nominee_id, status, nominated_on, decided_on)
      SELECT 'finance', s.code, u.id, 'accepted', '2026-05-20', '2026-06-01'
      FROM public.responsibility_scopes AS s CROSS JOIN public.directus_users AS u
      WHERE u.email = 'kaja.nowak@oneroof.example' ORDER BY s.sort;
      INSERT INTO public.governed_objects
        (code, title, kind, family_code, ui_visible, approval, approved_at, created_at, updated_at)
      VALUES ('service_charge_accounts', 'Service charge accounts', 'dataset', 'finance', false, 'approved',
        '2026-06-01 06:00+00', '2026-06-01 08:00+00', '2026-06-01 08:00+00')`,
    printed: {
      T2: { required: '216' },
      T3: { new: '36', own: '36', gap: '0' },
      T4: { required: '36', values: '6' },
    },
    failures: {
      'baseline production at entry > has 35 governed objects, six scopes, and no owner for any pair':
        'measure "gap" is 216, expected 210',
      'baseline production at entry > names an accepted owner for every family and scope': differs(
        'accepted',
        '30n',
        '36n',
      ),
      'golden-backup net: dumped, and the dump restored > is the finalized state, with what the experiments left':
        'measure "own" is 36, expected 30',
      'clone greenfield clone of production > stands at the entry baseline':
        'measure "gap" is 216, expected 210',
      'T0 preflight > finds the gate open and the substrate absent': 'printed gap=216, expected gap=210',
      'T2 responsibility > requires 210 pairs, and finds an owner for none':
        'measure "resp_required" is 216, expected 210',
      'T3 ownership seed > names 30 owners and closes the gap':
        'before T3: measure "gap" is 216, expected 210',
      'T3 ownership seed > names one owner for each of five families and six scopes': differs(
        'families',
        '5n',
        '6n',
      ),
      'T3 ownership seed > touches nothing else': 'rows inserted in gov_ownership: 36, declared 30',
      'T4 containment > requires a container for 35 objects, and has one for each':
        'measure "containment_required" is 36, expected 35',
      'T4 containment > adds one axis, five values, one rule, 35 assignments and 35 ownership rows':
        'rows inserted in axis_value: 6, declared 5',
      'T8 verify > measures what the final table must hold': 'measure "resp_required" is 216, expected 210',
      'T8 verify > shows the same in its own table': differs('resp_axis', '"210/0"', '"216/0"'),
      'T8 verify > leaves 3 axes, 19 values, 2 rules, 7 maps, 41 assignments and 35 ownership rows': differs(
        'values',
        '19n',
        '20n',
      ),
      'divergence golden against rehearsal > has 40 rows of container ownership in golden, five of them superseded':
        'measure "axis_object_ownership" is 41, expected 40',
      'rollback-1 brings the baseline back > ends with exit 0 and says what is left':
        'printed gap=216, expected gap=210',
      'rollback-1 brings the baseline back > leaves no owner, no substrate and no view of it':
        'measure "gap" is 216, expected 210',
      'rollback-1 brings the baseline back > drops what T1 made, and takes back the owners':
        'rows deleted in gov_ownership: 36, declared 30',
      'isolation clean-up, and production as before > finds production equal to the entry baseline in every measure':
        'measure "gap" is 216, expected 210',
    },
  },
]

for (const change of changes) {
  it(`runs to its end on ${change.what}, and only the specs that name its figures fail`, async () => {
    await using project = await copySlimOneRoof(change.sql)
    await expectSlimFigures(project)
    const run = await project.rehearse()
    expectVerdict('fail', run)
    expect(notPerformed(run.evidence)).toEqual([])
    expect(problemsOf(run.evidence)).toEqual({})
    for (const [tier, pairs] of Object.entries(change.printed)) {
      expect(readPrinted(stepsOf(run.evidence)[tier]!.notices)).toMatchObject(pairs)
    }
    const failures = failuresOf(run.evidence)
    expect(Object.keys(failures)).toEqual(Object.keys(change.failures))
    for (const [name, told] of Object.entries(change.failures))
      for (const figure of [told].flat()) expect(failures[name]).toMatch(figure)
  })
}

/** Lets the specs expect the rows that the slim production has in its two big tables. */
async function expectSlimFigures(project: Project): Promise<void> {
  const slim = { '820_183': '5_000', '204_556': '1_000' }
  const files = ['baseline/production', 'clone/1-greenfield', 'tiers/t8-verify', 'isolation/production']
  for (const file of files.map((name) => `specs/${name}.spec.ts`)) {
    let text = await project.read(file)
    for (const [full, figure] of Object.entries(slim)) text = text.replaceAll(full, figure)
    await project.write(file, text)
  }
}
