import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startCommand } from '../support/command.ts'
import { copySlimOneRoof, failuresOf } from '../support/one-roof.ts'
import { type Project, repository } from '../support/project.ts'
import { fenceOf, readPages } from './markdown.ts'

const page = (await readPages(repository)).find(({ path }) => path === 'docs/writing-specs.md')!
const file = 'specs/tiers/t3-nominations.spec.ts'
const command = fenceOf(page, 'walk').trim().split(' ')
const files = command.slice(3)

it('leads from a measure to a spec that is red, then right, and shows a query and a measure by kind that work', async () => {
  await using project = await copySlimOneRoof()
  await addMeasure(project, fenceOf(page, 'measure') + fenceOf(page, 'group'))
  await project.write(file, fenceOf(page, 'spec'))
  await project.write('specs/tiers/t3-families.spec.ts', fenceOf(page, 'query'))
  expect(command.slice(0, 3)).toEqual(['npx', 'rehearse', 'run'])

  const red = await project.rehearse(...files, 'specs/tiers/t3-families')
  expect({ exitCode: red.exitCode, verdict: red.evidence.verdict }).toEqual({ exitCode: 1, verdict: 'fail' })
  expect(Object.values(failuresOf(red.evidence))).toEqual([fenceOf(page, 'red').trimEnd()])
  expect(red.evidence.tests.filter(({ status }) => status === 'passed').map(({ name }) => name)).toContain(
    'T3 owners by family > give every family six',
  )
  expect(red.evidence.production.before).toMatchObject({
    'nominations.accepted': 30,
    'nominations.proposed': 3,
  })

  await project.edit(file, '    expect(before).toMeasure({ open_nominations: 0 })\n', fenceOf(page, 'right'))
  const right = await project.rehearse(...files)
  expect(failuresOf(right.evidence)).toEqual({})
  expect({ exitCode: right.exitCode, verdict: right.evidence.verdict }).toEqual({
    exitCode: 2,
    verdict: 'unknown',
  })
  expect(right.evidence.reasons).toEqual([`only some of the specs were requested: ${files[0]}`])
})

it('shows specs that compile, and would not with a misspelt measure', async () => {
  await using project = await copySlimOneRoof()
  await addMeasure(project, fenceOf(page, 'measure') + fenceOf(page, 'group'))
  await project.write(file, fenceOf(page, 'spec'))
  await project.write('specs/tiers/t3-families.spec.ts', fenceOf(page, 'query'))
  await project.write(
    'tsconfig.json',
    JSON.stringify({
      extends: join(repository, 'tsconfig.json'),
      compilerOptions: { rootDir: '/', types: [] },
      include: ['specs', 'rehearsal.config.ts'],
    }),
  )
  expect(await compile(project)).toEqual({ exitCode: 0, output: '' })

  await project.edit(file, 'toMeasure({ open_nominations: 0 })', 'toMeasure({ open_nomination: 0 })')
  const misspelt = await compile(project)
  expect(misspelt.exitCode).toBe(2)
  expect(misspelt.output).toMatch(
    /^specs\/tiers\/t3-nominations\.spec\.ts\(5,.+'open_nomination' does not exist/,
  )
})

function addMeasure(project: Project, text: string): Promise<void> {
  return project.edit('specs/measures.ts', 'defineMeasures({\n', `defineMeasures({\n${text}`)
}

async function compile(project: Project): Promise<{ exitCode: number | null; output: string }> {
  const tsc = join(repository, 'node_modules/typescript/bin/tsc')
  const { exitCode, output } = await startCommand([tsc, '--noEmit'], project.path).ended
  return { exitCode, output }
}
