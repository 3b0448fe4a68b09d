import { expect, it } from 'vitest'
import { copySlimOneRoof, failuresOf } from '../support/one-roof.ts'
import { repository } from '../support/project.ts'
import { fenceOf, readPages } from './markdown.ts'

const page = (await readPages(repository)).find(({ path }) => path === 'docs/writing-specs.md')!
const file = 'specs/tiers/t3-nominations.spec.ts'
const command = ['specs/tiers/t3-nominations']

it('leads from a measure to a spec that is red, then right', async () => {
  await using project = await copySlimOneRoof()
  await project.edit(
    'specs/measures.ts',
    'defineMeasures({\n',
    `defineMeasures({\n${fenceOf(page, 'measure')}`,
  )
  await project.write(file, fenceOf(page, 'spec'))

  const red = await project.rehearse(...command)
  expect({ exitCode: red.exitCode, verdict: red.evidence.verdict }).toEqual({ exitCode: 1, verdict: 'fail' })
  expect(Object.values(failuresOf(red.evidence))).toEqual([fenceOf(page, 'red').trimEnd()])

  await project.edit(file, '    expect(before).toMeasure({ open_nominations: 0 })\n', fenceOf(page, 'right'))
  const right = await project.rehearse(...command)
  expect(failuresOf(right.evidence)).toEqual({})
  expect({ exitCode: right.exitCode, verdict: right.evidence.verdict }).toEqual({
    exitCode: 2,
    verdict: 'unknown',
  })
  expect(right.evidence.reasons).toEqual([`only a part of the specs was asked for: ${command[0]}`])
})
