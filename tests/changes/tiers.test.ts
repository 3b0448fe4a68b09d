import { beforeAll, describe, expect, it } from 'vitest'
import { expectVerdict, notPerformed, problemsOf } from '../support/read-evidence.ts'
import type { Rehearsed } from '../support/project.ts'
import { catalogChanges } from './catalog-changes.ts'
import { clusterChanges, contentChanges, serverChange } from './content-changes.ts'
import { copyDeskProject, sow, surplusOf, toldOf } from './project.ts'

const altering = { tier: 'T1', spec: 'makes one table and one view', changes: catalogChanges }
const writing = {
  tier: 'T2',
  spec: 'gives every branch a policy',
  changes: [...contentChanges, ...clusterChanges, serverChange],
}

let rehearsed: Rehearsed

beforeAll(async () => {
  await using project = await copyDeskProject()
  await sow(project, 't1_structure.sql', catalogChanges)
  await sow(project, 't2_seed.sql', [...contentChanges, ...clusterChanges], [serverChange])
  rehearsed = await project.rehearse()
})

describe.each([
  ['alters definitions', altering],
  ['writes rows, and beyond the database', writing],
])('a tier that %s without declaring it', (_what, { tier, spec, changes }) => {
  it.each(changes)('is told of $name', ({ told }) => {
    expect(surplusOf(rehearsed.evidence, tier, spec)).toEqual(expect.arrayContaining([...told]))
  })

  it('is told of nothing else', () => {
    expect(surplusOf(rehearsed.evidence, tier, spec)).toEqual(toldOf(changes))
    expect(problemsOf(rehearsed.evidence)).not.toHaveProperty(tier)
  })
})

it('the rehearsal of both fails, and goes on to its end', () => {
  expectVerdict('fail', rehearsed)
  expect(notPerformed(rehearsed.evidence)).toEqual([])
})
