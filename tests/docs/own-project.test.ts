import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { installs } from '../package/consumer.ts'
import { repository } from '../support/project.ts'
import { fenceOf, readPages } from './markdown.ts'

const page = (await readPages(repository)).find(({ path }) => path === 'docs/own-project.md')!

it.each([
  ['vitest', 'vitest.config.ts'],
  ['words', 'specs/words.ts'],
  ['configuration', 'rehearsal.config.ts'],
  ['seed', 'specs/tiers/t2-seed.spec.ts'],
])('shows as %s the file %s of the small release, which is rehearsed', async (label, file) => {
  expect(fenceOf(page, label)).toBe(await readFile(join(repository, 'tests/small', file), 'utf8'))
})

it.each([
  ['smallest', 'rehearsal.config.ts'],
  ['effect', 'specs/tiers/t1-prices.spec.ts'],
  ['script', 'release/run.sql'],
])('begins with the smallest release, which is rehearsed: as %s its file %s', async (label, file) => {
  expect(fenceOf(page, label)).toBe(await readFile(join(repository, 'tests/smallest', file), 'utf8'))
  expect(page.text.indexOf(fenceOf(page, label))).toBeLessThan(page.text.indexOf('## Files\n'))
})

it.each(['npm', 'pnpm', 'yarn'] as const)('installs by %s as the test of the package does', (manager) => {
  expect(fenceOf(page, manager).trim()).toBe([...installs[manager], 'dress-rehearsal', 'vitest@4'].join(' '))
})
