import { beforeAll, describe, expect, it } from 'vitest'
import { copySlimOneRoof, failuresOf, sneakIn, stepsOf } from '../support/one-roof.ts'
import type { Project, Rehearsed } from '../support/project.ts'
import { expectVerdict } from '../support/read-evidence.ts'

interface Zero {
  readonly measure: string
  readonly statement: string
  /** Takes it back as the next tier begins, whose own checks would refuse it. */
  readonly back?: string
  readonly actual: number
  /** The test that must name it. */
  readonly test: string
}

interface Sown {
  readonly tier: string
  readonly file: string
  /** What runs behind the tier's own checks. */
  readonly zeros: readonly Zero[]
}

const ownership = 'T3 ownership seed > names 30 owners and closes the gap'
const containment = 'T4 containment > requires a container for 35 objects, and has one for each'
const topic = 'T5 topic > leaves nothing divergent and no projection gap'
const critical = 'T6 scanner > scans once, and finds nothing critical'
const failClosed = 'T6 scanner > is fail-closed: nothing may be emitted, nothing waits, nothing was sent'

const sown: readonly Sown[] = [
  {
    tier: 'T3',
    file: 't3_ownership.sql',
    zeros: [
      {
        measure: 'conflict',
        statement: `
          INSERT INTO public.gov_ownership (family_code, scope_code, owner_id, source, valid_from)
          SELECT 'catalogue', 'data_steward', u.id, 'manual', '2026-06-01'
          FROM public.directus_users AS u WHERE u.email = 'hugo.laurent@oneroof.example'`,
        back: `DELETE FROM public.gov_ownership WHERE source = 'manual'`,
        actual: 7,
        test: ownership,
      },
      {
        measure: 'gap',
        statement: `
          DELETE FROM public.gov_ownership WHERE family_code = 'catalogue' AND scope_code = 'privacy_contact'`,
        back: `
          INSERT INTO public.gov_ownership (family_code, scope_code, owner_id, source, valid_from)
          SELECT family_code, scope_code, owner_id, 'one_roof_t3', valid_from FROM public.v_axis_ownership_seed`,
        actual: 7,
        test: ownership,
      },
      {
        measure: 'resp_axis_gap',
        statement: `
          INSERT INTO public.axis_value (axis_code, code, name, description, sort)
          VALUES ('responsibility', 'auditor', 'Auditor', 'Nobody is one.', 7)`,
        back: `DELETE FROM public.axis_value WHERE code = 'auditor'`,
        // 35 of the auditor, and the 7 of the gap above.
        actual: 42,
        test: ownership,
      },
    ],
  },
  {
    tier: 'T4',
    file: 't4_containment.sql',
    zeros: [
      {
        measure: 'containment_gap',
        statement: `
          UPDATE public.axis_object_ownership SET valid_to = '2026-06-03 06:00+00'
          WHERE object_id = 17 AND valid_to IS NULL`,
        back: `UPDATE public.axis_object_ownership SET valid_to = NULL WHERE object_id = 17`,
        actual: 1,
        test: containment,
      },
    ],
  },
  {
    tier: 'T5',
    file: 't5_topic.sql',
    zeros: [
      {
        measure: 'divergent',
        statement: `UPDATE public.axis_value_map SET value_code = 'mobility' WHERE label_code = 'kg-domain-rent'`,
        back: `UPDATE public.axis_value_map SET value_code = 'rent' WHERE label_code = 'kg-domain-rent'`,
        actual: 1,
        test: topic,
      },
      {
        measure: 'projection_gap',
        statement: `UPDATE public.taxonomy_labels SET approval = 'approved' WHERE code = 'kg-domain-lifts'`,
        back: `UPDATE public.taxonomy_labels SET approval = 'pending' WHERE code = 'kg-domain-lifts'`,
        actual: 1,
        test: topic,
      },
    ],
  },
  {
    tier: 'T6',
    file: 't6_scanner.sql',
    zeros: [
      {
        measure: 'critical_drift',
        statement: `UPDATE public.drift_findings SET severity = 'critical' WHERE detector_code = 'projection_lag'`,
        actual: 1,
        test: critical,
      },
      {
        measure: 'emittable',
        statement: `UPDATE public.emission_gate SET is_open = true WHERE channel = 'drift_findings'`,
        actual: 14,
        test: failClosed,
      },
      {
        measure: 'gov_outbox',
        statement: `INSERT INTO public.gov_outbox (topic, payload) VALUES ('drift_finding', '{}')`,
        actual: 1,
        test: failClosed,
      },
      {
        measure: 'gov_emit',
        statement: `
          INSERT INTO public.gov_emissions (topic, recipient, payload, emitted_at)
          VALUES ('drift_finding', 'regulator', '{}', '2026-06-03 06:00+00')`,
        actual: 1,
        test: failClosed,
      },
    ],
  },
]

const seenByT8 = [
  {
    measure: 'label_orphans',
    statement: `
      INSERT INTO public.entity_labels (id, collection, item, label_code, source, confidence, approval, labelled_at)
      VALUES (900000001, 'web_pages', '1', 'kg-domain-unknown', 'import', 0.800, 'approved', '2026-06-02 10:00+00')`,
    actual: '1',
    expected: '0',
  },
  {
    measure: 'kg_domain_x',
    statement: `UPDATE public.taxonomy_labels SET status = 'deprecated' WHERE code = 'kg-domain-x'`,
    actual: 'deprecated',
    expected: 'active',
  },
]

let run: Rehearsed

beforeAll(async () => {
  await using project = await copySlimOneRoof()
  for (const [index, { file, zeros }] of sown.entries()) {
    const statements = zeros.map(({ statement }) => statement)
    const last = index === sown.length - 1
    await sneakIn(
      project,
      file,
      [...statements, ...(last ? seenByT8.map(({ statement }) => statement) : [])].join(';\n'),
    )
    const backs = zeros.flatMap(({ back }) => back ?? [])
    if (backs.length > 0) await takeBackFirst(project, sown[index + 1]!.file, backs)
  }
  // Its own check would refuse what is left.
  await project.edit(
    'sql/release/t8_verify.sql',
    'IF broken IS NOT NULL OR emitted > 0 THEN',
    'IF false THEN',
  )
  run = await project.rehearse('specs/tiers')
})

/** Runs statements at the start of a tier, behind its guard. */
function takeBackFirst(project: Project, file: string, statements: readonly string[]): Promise<void> {
  const guard = 'END\n$guard$;\n'
  return project.edit(`sql/release/${file}`, guard, `${guard}${statements.join(';\n')};\n`)
}

it('fails, and performs every tier', () => {
  expectVerdict('fail', run)
  const { tiers } = run.evidence
  expect(tiers.map(({ id, status }) => `${id} ${status}`)).toEqual(
    ['T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T8'].map((id) => `${id} performed`),
  )
})

describe.each(sown)('the specs of $tier', ({ tier, zeros }) => {
  it.each(zeros)('show "$measure" at $actual', ({ measure, actual, test }) => {
    expect(stepsOf(run.evidence)[tier]!.after[measure]).toBe(actual)
    expect(failuresOf(run.evidence)[test]).toContain(
      `after ${tier}: measure "${measure}" is ${actual}, expected 0`,
    )
  })
})

it('shows the owners in every spec of T3 that looks at them', () => {
  const failures = failuresOf(run.evidence)
  expect(Object.keys(failures).filter((name) => name.startsWith('T3 '))).toEqual([
    // What it printed before the statements is not so any more.
    'T3 ownership seed > is performed, and the harness finds no problem',
    ownership,
    'T3 ownership seed > names one owner for each of five families and six scopes',
    'T3 ownership seed > names the accepted nominees, and nobody else',
    'T3 ownership seed > touches nothing else',
  ])
  expect(failures[ownership]).toContain('\n  shown by: SELECT count(*)')
  expect(failures['T3 ownership seed > names one owner for each of five families and six scopes']).toMatch(
    /- +"pairs": 30n[^]*\+ +"pairs": 29n/,
  )
})

describe('the specs of T8, whose own check was taken out', () => {
  it.each(seenByT8)('show "$measure" as $actual', ({ measure, actual, expected }) => {
    expect(failuresOf(run.evidence)['T8 verify > measures what the final table must hold']).toContain(
      `after T8: measure "${measure}" is ${actual}, expected ${expected}`,
    )
  })
})
