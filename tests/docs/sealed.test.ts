import { expect, it } from 'vitest'
import { copySmallProject, repository } from '../support/project.ts'
import { OpenRehearsal } from '../support/stage.ts'
import { fenceOf, readPages } from './markdown.ts'

const page = (await readPages(repository)).find(({ path }) => path === 'docs/sealed.md')!

it('shows an allowance that lets a release with this way out start', async () => {
  await using project = await copySmallProject()
  await project.edit('sql/release/t2_seed.sql', '\nCOMMIT;\n', "\nSELECT pg_read_file('prices');\nCOMMIT;\n")
  await expect(OpenRehearsal.open(project)).rejects.toThrow('server-file')

  const [, allowance] = /release: \{\s*(.*\n)\}/s.exec(fenceOf(page, 'allows')) ?? []
  const directory = "directory: 'sql/release',\n"
  await project.edit('rehearsal.config.ts', directory, `${directory}    ${allowance}`)
  await using rehearsal = await OpenRehearsal.open(project)
  const evidence = await rehearsal.reach('baseline')
  expect(evidence.allowances).toContainEqual({
    kind: 'escape',
    subject: expect.stringMatching(
      /^server-file: pg_read_file\('prices'\) \(t2_seed\.sql:\d+:8\)$/,
    ) as string,
    reason: 'the price list lies on the database server',
  })
})

it('shows a configuration that makes the clone on production’s own server', async () => {
  await using project = await copySmallProject()
  const shown = fenceOf(page, 'beside').replace('directus_rehearsal', 'library_rehearsal')
  await project.edit('rehearsal.config.ts', "clone: { database: 'library_rehearsal' },", shown)
  await using rehearsal = await OpenRehearsal.open(project)
  const evidence = await rehearsal.reach('clone')
  expect(evidence.acts.find(({ id }) => id === 'clone')?.status).toBe('performed')
  expect(evidence.certificate?.onProductionServer?.reason).toBe(
    'the host has neither memory nor disk for a second server',
  )
})
