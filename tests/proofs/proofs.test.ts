import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copySmallProject, type Project } from '../support/project.ts'
import { notPerformed, problemsOf, stepOf } from '../support/read-evidence.ts'
import { PreparedClone } from '../support/stage.ts'

const seed = 'sql/release/t2_seed.sql'
const rollback = 'sql/release/rollback.sql'
const guarded = "  IF current_database() <> 'library' THEN\n"

let prepared: PreparedClone

beforeAll(async () => {
  prepared = await PreparedClone.make()
})
afterAll(() => prepared[Symbol.asyncDispose]())

/** Adds statements to a tier, just before its summary. */
async function seedAlso(project: Project, sql: string): Promise<void> {
  await project.edit(seed, 'DO $summary$', `${sql}\nDO $summary$`)
}

describe('a release that comes to something else', () => {
  it('each time it runs is reported by the run in one go, unless the column is declared nondeterministic', async () => {
    await using project = await copySmallProject()
    await seedAlso(project, "UPDATE public.loan_policies SET source = 'terms release ' || clock_timestamp();")
    await project.edit(rollback, "source = 'terms release'", "source LIKE 'terms release%'")
    const evidence = await prepared.rehearse(project, 'second-run', 'gate-revoke', 'partial-rollback')
    expect(evidence.verdict).toBe('fail')
    expect(notPerformed(evidence)).toEqual([])
    const other =
      'rows of loan_policies: 0 in the stepped clone only, 0 in this one only, 5 changed (among them (1), (2), (3), (4), (5))'
    expect(problemsOf(evidence)).toMatchObject({ 'one-shot': [`differs from the stepped run: ${other}`] })
    // Its number is a surrogate: without it the whole row is what is compared.
    expect(problemsOf(evidence)['reapply']).toEqual([
      'applied again: rows of loan_policies: 5 in the stepped clone only, 5 in this one only, 0 changed',
    ])
  })

  it('with rows in another order is told as order-dependent', async () => {
    await using project = await copySmallProject()
    await project.edit(seed, "WHERE status = 'accepted' ORDER BY branch_code", "WHERE status = 'accepted'")
    const evidence = await prepared.rehearse(project, 'second-run', 'gate-revoke', 'partial-rollback')
    expect(evidence.verdict).toBe('fail')
    const { problems } = stepOf(evidence, 'one-shot')
    expect(problems.length).toBeGreaterThan(0)
    expect(
      problems.filter((problem) => !problem.startsWith('order-dependent: rows of loan_policies:')),
    ).toEqual([])
    // The same policies under other numbers are the same.
    expect(stepOf(evidence, 'reapply').problems).toEqual([])
  })
})

describe('a rollback', () => {
  it('that needs the whole release is told by the tier after which it fails', async () => {
    await using project = await copySmallProject()
    await project.edit(
      rollback,
      guarded,
      `  IF to_regclass('public.axis_terms') IS NOT NULL AND NOT EXISTS (SELECT 1 FROM public.loan_policies) THEN
    RAISE EXCEPTION 'there is no policy to take back';
  END IF;
${guarded}`,
    )
    const evidence = await prepared.rehearse(project, 'second-run', 'gate-revoke', 'partial-rollback')
    expect(evidence.verdict).toBe('fail')
    expect(notPerformed(evidence)).toEqual(['partial-rollback failed'])
    expect(stepOf(evidence, 'partial-rollback').reason).toMatch(
      /^rolled back after T1: psql exit 3: there is no policy to take back/,
    )
  })

  it('that leaves an advanced sequence must say so, and must not say it where it does not', async () => {
    await using project = await copySmallProject()
    const config = await project.read('rehearsal.config.ts')
    const residue = /loan_policies_id_seq: '[^']*'/
    expect(config).toMatch(residue)
    await project.write('rehearsal.config.ts', config.replace(residue, "approvals_id_seq: 'moved by nobody'"))
    const evidence = await prepared.rehearse(project, 'second-run', 'gate-revoke', 'partial-rollback')
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)).toEqual({
      'rollback-1': [
        'sequence loan_policies_id_seq: 1 (not called) in the clone before the first tier, 5 in the clone rolled back',
        'declared residue no longer occurs: sequence approvals_id_seq has not advanced',
      ],
    })
    expect(notPerformed(evidence)).toEqual(['reapply blocked', 'partial-rollback blocked'])
  })
})

describe('a release that changes settings', () => {
  it('finds them each time as they were at first', async () => {
    await using project = await copySmallProject()
    const directory = "directory: 'sql/release',\n"
    const allows = "    allows: { 'other-database': 'a test' },\n"
    await project.edit('rehearsal.config.ts', directory, `${directory}${allows}`)
    const onTheClone = (sql: string) =>
      `DO $$ BEGIN IF EXISTS (SELECT FROM pg_database WHERE datname = 'library_rehearsal') THEN ${sql}; END IF; END $$;`
    await seedAlso(
      project,
      onTheClone(`
  IF current_setting('gin_fuzzy_search_limit') = '77' THEN RAISE EXCEPTION 'the limit is set already'; END IF;
  ALTER DATABASE library_rehearsal SET gin_fuzzy_search_limit = 77; ALTER ROLE librarian SET gin_fuzzy_search_limit = 77`),
    )
    await project.edit(
      rollback,
      '\nCOMMIT;\n',
      `\n${onTheClone('ALTER DATABASE library_rehearsal RESET gin_fuzzy_search_limit; ALTER ROLE librarian RESET gin_fuzzy_search_limit')}\nCOMMIT;\n`,
    )
    const evidence = await prepared.rehearse(project, 'second-run', 'gate-revoke', 'partial-rollback')
    expect(stepOf(evidence, 'T2').effect?.objects.created).toMatchObject([
      { class: 'settings', identity: 'all roles in database library_rehearsal' },
      { class: 'settings', identity: 'role librarian' },
    ])
    expect(notPerformed(evidence)).toEqual([])
    expect(problemsOf(evidence)).toEqual({})
  })
})
