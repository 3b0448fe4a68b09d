import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copySmallProject, type Project } from '../support/project.ts'
import { expectVerdict, failureOf, notPerformed, problemsOf, stepOf } from '../support/read-evidence.ts'
import { OpenRehearsal, PreparedClone } from '../support/stage.ts'

const seed = 'sql/release/t2_seed.sql'
const structure = 'sql/release/t1_structure.sql'

let prepared: PreparedClone

beforeAll(async () => {
  prepared = await PreparedClone.make()
})
afterAll(() => prepared[Symbol.asyncDispose]())

/** One policy too few: the mill's is left out. */
function seedFour(project: Project): Promise<void> {
  return project.edit(
    seed,
    "WHERE status = 'accepted'",
    "WHERE status = 'accepted' AND branch_code <> 'mill'",
  )
}

/** A view that shows nothing, whatever is missing. */
function blindView(project: Project): Promise<void> {
  const condition = 'WHERE NOT EXISTS (SELECT FROM public.loan_policies p WHERE p.branch_code = b.code)'
  return project.edit(structure, condition, `${condition} AND false`)
}

/** A row of production's own is changed by the way. */
function loseBook(project: Project): Promise<void> {
  const update = "UPDATE public.books SET title = 'Lost' WHERE id = 7;"
  return project.edit(structure, 'CREATE VIEW', `${update}\nCREATE VIEW`)
}

describe('specs of tiers', () => {
  it('see a seed of one too few, and a tier that does more than it should; later tiers are performed', async () => {
    await using project = await copySmallProject()
    await seedFour(project)
    await project.edit(seed, 'IF missing > 0 THEN', 'IF false THEN')
    await loseBook(project)
    const { exitCode, output, evidence } = await project.rehearse('specs/tiers')
    expectVerdict('fail', { exitCode, output, evidence })
    expect(problemsOf(evidence)).toEqual({})
    expect(failureOf(evidence, 'makes one table and one view')).toBe(
      'T1: rows updated in books: 1, declared 0 (among them (7))\nhint: npx rehearse effect T1 prints the measured effect',
    )
    expect(failureOf(evidence, 'gives every branch a policy').split('\n')).toEqual([
      'after T2: measure "policies" is 4, expected 5',
      '  shown by: SELECT count(*) FROM loan_policies',
      'after T2: measure "missing" is 1, expected 0',
      expect.stringContaining('shown by: SELECT count(*) FROM branches b LEFT JOIN loan_policies'),
      'after T2: measure "terms" is 4, expected 5',
      '  shown by: SELECT count(*) FROM axis_terms',
    ])
    expect(evidence.reasons).toContain(
      'T2 seed > gives every branch a policy: after T2: measure "policies" is 4, expected 5',
    )
    expect(output).toContain('measure "policies" is 4, expected 5')
  })
})

describe('a seed of one too few', () => {
  it("fails by the release's own check", async () => {
    await using project = await copySmallProject()
    await seedFour(project)
    const evidence = await prepared.rehearse(project, 'T2')
    expect(evidence.verdict).toBe('fail')
    expect(evidence.reasons[0]).toMatch(
      /^T2 failed: psql exit 3: T2: 1 branches without a policy \(SQLSTATE P0001\) at t2_seed\.sql:\d+$/,
    )
    expect(stepOf(evidence, 'T2').reason).toContain('hint: accept a proposal for each')
    expect(stepOf(evidence, 'T2').effect?.tables).toEqual({})
  })

  it('blocks nothing where the release does not check', async () => {
    await using project = await copySmallProject()
    await seedFour(project)
    await project.edit(seed, 'IF missing > 0 THEN', 'IF false THEN')
    const evidence = await prepared.rehearse(project, 'second-run', 'gate-revoke', 'partial-rollback')
    expect(notPerformed(evidence)).toEqual([])
    expect(problemsOf(evidence)).toEqual({})
  })
})

describe('a tier that does more than it should', () => {
  it('is shown by the rollback, too', async () => {
    await using project = await copySmallProject()
    await loseBook(project)
    const evidence = await prepared.rehearse(project, 'gate-revoke', 'partial-rollback')
    expect(evidence.verdict).toBe('fail')
    expect(notPerformed(evidence)).toEqual(['reapply blocked', 'partial-rollback blocked'])
    const rewritten = (other: string, now: string) =>
      `content of books differs between ${other} and ${now}, with the same number of rows`
    expect(problemsOf(evidence)).toEqual({
      'rollback-1': [rewritten('the clone before the first tier', 'the clone rolled back')],
      'gate-revoke': [rewritten('the clone at entry', 'the clone now')],
    })
  })
})

describe('a view with WHERE false', () => {
  it('contradicts the measure, though the release finds nothing missing', async () => {
    await using project = await copySmallProject()
    await seedFour(project)
    await blindView(project)
    await using rehearsal = await OpenRehearsal.open(project)
    const evidence = await rehearsal.reach('golden-backup', 'divergence')
    expect(evidence.verdict).toBe('fail')
    // The release's own check reads the view, and is content.
    expect(stepOf(evidence, 'T2').notices.map(({ message }) => message)).toEqual([
      'T2 SEED: policies=4 missing=0',
    ])
    const shows = (missing: number) =>
      `measure "missing" is ${missing}, but a view shows 0: SELECT count(*) FROM v_axis_missing`
    expect(problemsOf(evidence)).toEqual({
      T1: [shows(5)],
      T2: [shows(1), 'printed missing=0, but measure "missing" is 1'],
      // The same release made the golden clone.
      'golden-backup': [shows(1)],
      divergence: [shows(1)],
    })
    expect(evidence.reasons).toContain(`T2: ${shows(1)}`)
  })
})

describe('a printed figure', () => {
  it('that is made up contradicts the measure', async () => {
    await using project = await copySmallProject()
    await project.edit(seed, '(SELECT count(*) FROM public.loan_policies)', '7')
    const evidence = await prepared.rehearse(project, 'T2')
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)).toEqual({ T2: ['printed policies=7, but measure "policies" is 5'] })
    expect(evidence.reasons).toContain('T2: printed policies=7, but measure "policies" is 5')
  })

  it('that is printed twice, first a wrong one, is told', async () => {
    await using project = await copySmallProject()
    await project.edit(
      seed,
      "  RAISE NOTICE 'T2 SEED",
      "  RAISE NOTICE 'T2 SEED: policies=4';\n  RAISE NOTICE 'T2 SEED",
    )
    const evidence = await prepared.rehearse(project, 'T2')
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)).toEqual({ T2: ['printed policies=4 and 5, but measure "policies" is 5'] })
  })

  it('that is declared and not printed is missed', async () => {
    await using project = await copySmallProject()
    await project.edit(seed, 'T2 SEED: policies=% missing=%', 'T2 SEED: % policies, missing=%')
    const evidence = await prepared.rehearse(project, 'T2')
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)).toEqual({
      T2: ['no notice printed policies=…, which must agree with measure "policies" (5)'],
    })
  })

  it('of the rollback is compared, too', async () => {
    await using project = await copySmallProject()
    await project.edit(
      'sql/release/rollback.sql',
      '(SELECT count(*) FROM public.v_branches_without_policy)',
      '0',
    )
    const evidence = await prepared.rehearse(project, 'gate-revoke')
    expect(evidence.verdict).toBe('fail')
    const misprint = 'printed missing=0, but measure "missing" is 5'
    expect(problemsOf(evidence)).toEqual({ 'rollback-1': [misprint], 'rollback-2': [misprint] })
  })
})
