import { readdir } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { copySmallestProject } from '../support/project.ts'
import { expectVerdict, notPerformed, problemsOf, stepOf } from '../support/read-evidence.ts'

it('the smallest project passes, without a vitest.config.ts, and says what it does not show', async () => {
  await using project = await copySmallestProject()
  const files = (await readdir(project.path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.sql'))
    .map(({ name }) => name)
  expect(files.sort()).toEqual(['package.json', 'rehearsal.config.ts', 't1-prices.spec.ts'])
  const config = await project.read('rehearsal.config.ts')
  expect(config.trimEnd().split('\n').length).toBeLessThanOrEqual(10)

  const { exitCode, output, evidence } = await project.rehearse()
  expectVerdict('pass', { exitCode, output, evidence })
  expect(output.trimEnd().split('\n').at(-1)).toMatch(
    /^PASS \(not shown: golden, gate, rollback, measures, guards\) {2}shop: /,
  )
  expect(notPerformed(evidence)).toEqual([])
  // Each act has a test of its own; the tier has that of its spec as well.
  expect(evidence.tests.map(({ file, step, status }) => `${status} ${file} ${step}`)).toEqual([
    ...['baseline', 'clone', 'escape-attempts', 'variant'].map(
      (id) => `passed dress-rehearsal/acts/${id} ${id}`,
    ),
    ...Array<string>(2).fill('passed specs/tiers/t1-prices.spec.ts T1'),
    ...['full-read', 'second-run', 'one-shot', 'self-test', 'isolation'].map(
      (id) => `passed dress-rehearsal/acts/${id} ${id}`,
    ),
  ])
  expect(evidence.deltas).toEqual([])
  expect(await project.read('reports/rehearsal.md')).toContain(
    'The release runs on the clone unchanged: there are no deltas.',
  )
})

it('the smallest project does not pass where its tier does something else, nor where no spec declares what it does', async () => {
  await using project = await copySmallestProject()
  await project.edit(
    'release/prices.sql',
    'COMMIT;',
    "DELETE FROM public.prices WHERE tea = 'Assam';\nCOMMIT;",
  )
  expect((await project.rehearse()).evidence).toMatchObject({
    verdict: 'fail',
    reasons: [
      'T1 prices > gives every tea a price: T1: rows inserted in prices: 2, declared 3 (among them (Darjeeling), (Keemun))',
    ],
  })

  await project.edit(
    'specs/tiers/t1-prices.spec.ts',
    'expect(effect).toBeExactly({ rows: { prices: { inserted: 3 } }, created: { table: 1 } })',
    "expect(typeof effect).toBe('object')",
  )
  const { exitCode, evidence } = await project.rehearse()
  expect({ exitCode, reasons: evidence.reasons }).toEqual({
    exitCode: 2,
    reasons: ['the effect of T1 is not declared by any spec that passed: npx rehearse effect T1 prints it'],
  })
  expect(problemsOf(evidence)).toEqual({})
  expect(stepOf(evidence, 'T1').effect?.tables).toMatchObject({ prices: { inserted: 2 } })
})

it('a project whose vitest.config.ts is its application’s is refused, a vite.config.ts plays no part', async () => {
  await using project = await copySmallestProject()
  await project.write('vite.config.ts', 'throw new Error("of the application")\n')
  const { exitCode } = await project.rehearse('specs/tiers')
  expect(exitCode).toBe(2)
  expect((await project.evidence()).reasons).toEqual(['only some of the specs were requested: specs/tiers'])

  await project.write('vitest.config.ts', 'export default { test: { retry: 3 } }\n')
  await project.rehearse('specs/tiers')
  expect((await project.evidence()).reasons[0]).toContain(
    "the project's vitest.config.ts sets options that a rehearsal does not allow",
  )
})
