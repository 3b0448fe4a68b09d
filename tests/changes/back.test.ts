import { beforeAll, describe, expect, it } from 'vitest'
import type { Project, Rehearsed } from '../support/project.ts'
import { expectVerdict, notPerformed, problemsOf } from '../support/read-evidence.ts'
import { reversals } from './back-changes.ts'
import { copyDeskProject, sow, toldOf } from './project.ts'

/** Places in a queue, given in the order in which the rows happen to be read. */
const unordered = `UPDATE desk.queue AS q SET place = found.place
  FROM (SELECT reader, row_number() OVER () AS place FROM desk.queue) AS found WHERE found.reader = q.reader`

let rehearsed: Rehearsed
let told: Record<string, string[]>

beforeAll(async () => {
  await using project = await copyDeskProject()
  await sow(project, 't1_structure.sql', reversals)
  await sow(
    project,
    'rollback.sql',
    reversals.map(({ back }) => ({ sql: back })),
  )
  await sow(project, 't2_seed.sql', [{ sql: unordered }])
  await sow(project, 'rollback.sql', [{ sql: 'UPDATE desk.queue SET place = NULL WHERE place IS NOT NULL' }])
  await declareForward(project)
  rehearsed = await project.rehearse()
  const problems = Object.entries(problemsOf(rehearsed.evidence))
  told = Object.fromEntries(problems.map(([step, sentences]) => [step, sentences.map(withoutMaintain)]))
})

/** Declares what the tiers do, so that what is told is the rollback's. */
async function declareForward(project: Project): Promise<void> {
  const partial = "partial: 'the rollback is what is judged', "
  await project.edit('specs/tiers/t1-structure.spec.ts', '{ created: {', `{ ${partial}created: {`)
  await project.edit('specs/tiers/t1-structure.spec.ts', 'table: 1, view: 1 } })', 'table: 1 } })')
  await project.edit('specs/tiers/t2-seed.spec.ts', 'rows: {', "rows: { 'desk.queue': { updated: 6 }, ")
  await project.edit('specs/rollback/1-first.spec.ts', 'rows: {', `${partial}rows: {`)
  await project.edit('specs/rollback/1-first.spec.ts', '      dropped: { table: 1, view: 1 },\n', '')
  await project.edit(
    'rehearsal.config.ts',
    '  clone: {',
    "  volatile: { 'desk.fees.updated_at': 'the time at which the release ran' },\n  clone: {",
  )
}

/** All rights are written with an m more, for MAINTAIN, by PostgreSQL 17 and newer. */
function withoutMaintain(sentence: string): string {
  return sentence.replaceAll('arwdDxtm', 'arwdDxt')
}

describe('a rollback that does not quite bring back what was', () => {
  it.each(reversals)('is told of $name', (reversal) => {
    expect(told['rollback-1']).toEqual(expect.arrayContaining([...reversal.told]))
  })

  it('is told of nothing else', () => {
    expect(told['rollback-1']?.toSorted()).toEqual(toldOf(reversals))
  })
})

describe('a release that depends on the order in which rows are read', () => {
  it('is told so, and as nothing else, by the run under other plans', () => {
    expect(told['one-shot']).toEqual([
      expect.stringMatching(
        /^order-dependent: rows of desk\.queue: 0 more, 0 less, 6 other \(among them [^)].*\)$/,
      ),
    ])
  })
})

it('the rehearsal of both fails, and goes on to its end', () => {
  expectVerdict('fail', rehearsed)
  expect(notPerformed(rehearsed.evidence)).toEqual([])
})
