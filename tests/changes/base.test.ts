import { expect, it } from 'vitest'
import { expectVerdict, notPerformed, problemsOf } from '../support/read-evidence.ts'
import { copyDeskProject } from './project.ts'

it('a release that changes nothing of the desk passes', async () => {
  await using project = await copyDeskProject()
  const rehearsed = await project.rehearse()
  expect(problemsOf(rehearsed.evidence)).toEqual({})
  expect(notPerformed(rehearsed.evidence)).toEqual([])
  expectVerdict('pass', rehearsed)
})
