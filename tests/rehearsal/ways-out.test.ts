import { expect, it } from 'vitest'
import { copySmallProject, type Project } from '../support/project.ts'
import { expectVerdict } from '../support/read-evidence.ts'

const seed = 'sql/release/t2_seed.sql'

async function copyReaching(): Promise<Project> {
  const project = await copySmallProject()
  await project.edit(seed, '\nCOMMIT;\n', "\nCOPY branches TO PROGRAM 'cat';\nCOMMIT;\n\\! date\n")
  return project
}

function allow(project: Project, allows: string): Promise<void> {
  const directory = "directory: 'sql/release',\n"
  return project.edit('rehearsal.config.ts', directory, `${directory}    allows: ${allows},\n`)
}

it('refuses a release that reaches beyond its database before anything is started', async () => {
  await using project = await copyReaching()
  await project.write('sql/production/make.sql', 'SELECT nothing FROM nowhere;\n')
  const { exitCode, output, evidence } = await project.rehearse()
  expectVerdict('fail', { exitCode, output, evidence })
  const [refusal] = evidence.reasons
  expect(refusal).toMatch(
    /^the release reaches beyond its database:\nt2_seed\.sql:\d+:1: program: COPY branches TO /,
  )
  expect(refusal).toMatch(/\nt2_seed\.sql:\d+:1: shell: \\! date /)
  expect(refusal).toContain("release: { allows: { program: '…', shell: '…' } }")
  expect(evidence.acts.filter(({ status }) => status !== 'pending')).toEqual([])
})

it('lets a release reach where the config allows it, and tells each place with the reason', async () => {
  await using project = await copyReaching()
  await allow(project, "{ program: 'packs', shell: 'tells the time', http: 'nobody knows' }")
  const { output, evidence } = await project.rehearse('specs/baseline')
  expect(evidence.allowances.filter(({ kind }) => kind === 'escape')).toEqual([
    {
      kind: 'escape',
      subject: expect.stringMatching(
        /^program: COPY branches TO PROGRAM 'cat' \(t2_seed\.sql:\d+:1\)$/,
      ) as string,
      reason: 'packs',
    },
    {
      kind: 'escape',
      subject: expect.stringMatching(/^shell: \\! date \(t2_seed\.sql:\d+:1\)$/) as string,
      reason: 'tells the time',
    },
  ])
  expect(output).toContain('release.allows: "http" is allowed, but not used')
})

it('tells an allowance of a name that is no way out, and one without a reason', async () => {
  await using project = await copyReaching()
  await allow(project, "{ programs: 'packs', shell: ' ' } as never")
  const { exitCode, evidence } = await project.rehearse('specs/baseline')
  expect(exitCode).toBe(2)
  expect(evidence.reasons[0]).toContain('release.allows')
  expect(evidence.reasons[0]).toContain('programs')
  expect(evidence.reasons[0]).toContain('release.allows.shell')
})
