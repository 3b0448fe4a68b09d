import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../harness/evidence/schema.ts'
import { copySmallProject, repository, type Project } from '../support/project.ts'
import { expectVerdict, failureOf, stepOf } from '../support/read-evidence.ts'
import { OpenRehearsal } from '../support/stage.ts'

const channel = join(repository, 'harness/spec/channel.ts')
const script = `script: 'sql/production/make.sql'`

describe('the certificate of production', () => {
  it('shows that only the reader entered between entry and exit, and that each statement was allowed; the reports hold no secret', async () => {
    await using project = await copySmallProject()
    await project.write(
      'sql/production/administration.sql',
      '-- Lets the server tell who connects.\nALTER SYSTEM SET log_connections = on;\n',
    )
    await project.edit(
      'rehearsal.config.ts',
      script,
      `${script}, administration: 'sql/production/administration.sql'`,
    )
    await project.write(
      'specs/isolation/connections.spec.ts',
      `import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inject } from 'vitest'
import { act } from '../words.ts'

act('isolation', 'who connected', (it) => {
  it('is what the servers of production and golden have logged', async ({ expect, facts }) => {
    for (const name of ['production', 'golden'])
      writeFileSync(name + '.log', readFileSync(join(dirname(inject('stage')), name, 'server.log')))
    expect(facts['clone']).toBe('dropped')
  })
})
`,
    )
    await project.write(
      'specs/divergence/known-passwords.spec.ts',
      `import { writeFileSync } from 'node:fs'
import { askStage } from ${JSON.stringify(channel)}
import { act } from '../words.ts'

act('divergence', 'passwords', (it) => {
  it('tells the test those of the run', async ({ expect, after }) => {
    const access = Object.values(await askStage('/access'))
    writeFileSync('passwords.json', JSON.stringify(access.map(({ password }) => password)))
    expect(after).toMeasure({ terms: 5 })
  })
})
`,
    )
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('pass', { exitCode, output, evidence })
    await expectNoSecrets(project, output, JSON.parse(await project.read('passwords.json')) as string[])
    const entered = await Promise.all(
      ['production', 'golden'].map(async (name) => {
        const log = await project.read(`${name}.log`)
        const users = [...log.matchAll(/connection authorized: user=(\S+)/g)].map(([, user]) => user)
        return users.slice(users.indexOf('dress_rehearsal_reader'))
      }),
    )
    expect(entered.flat().length).toBeGreaterThan(8)
    for (const users of entered) expect(new Set(users)).toEqual(new Set(['dress_rehearsal_reader']))

    const certificate = evidence.certificate!
    expect(certificate.rights).toMatchObject({ role: 'dress_rehearsal_reader', writes: [], missing: [] })
    expect(certificate.canaries.filter(({ sqlstate }) => sqlstate !== '42501')).toEqual([])
    expect(certificate.refused).toEqual([])
    expect(certificate.statements).toContainEqual({
      statement: 'SELECT count(*) FROM branches',
      kind: 'reading',
      count: 3,
      by: ['measure branches'],
    })
    expect(certificate.programs.map(({ program, by }) => [program, ...by])).toEqual([
      ['pg_dump', 'clone'],
      ['pg_dump', 'clone'],
    ])
    expect(certificate.escapeAttempts).toMatchObject({ notConfined: null, network: ['lo'] })
    expect(certificate.exit).toEqual({
      activity: { state: 'quiet', by: 'declared' },
      changed: [],
      left: [],
    })
    expect(certificate.golden).toMatchObject({ rights: { writes: [], missing: [] }, refused: [] })
  })

  it('is not given where the reader may write, unless that is declared, and then says so', async () => {
    await using project = await copySmallProject()
    const amend = `amend: 'GRANT DELETE ON branches TO PUBLIC'`
    await project.edit('rehearsal.config.ts', script, `${script}, ${amend}`)
    const refused = await openBaseline(project)
    expect(refused.verdict).toBe('unknown')
    const { reason } = stepOf(refused, 'baseline')
    expect(reason).toContain('"dress_rehearsal_reader" may write in production "library", 1 rights:')
    expect(reason).toContain('DELETE on TABLE public.branches, through PUBLIC')
    expect(reason).toContain('REVOKE DELETE ON TABLE public.branches FROM PUBLIC;')
    expect(refused.certificate?.rights?.writes).toHaveLength(1)

    await project.edit('rehearsal.config.ts', amend, `${amend}, readerMayWrite: 'a test'`)
    const evidence = await openBaseline(project)
    expect(stepOf(evidence, 'baseline').status).toBe('performed')
    expect(evidence.allowances).toContainEqual({
      kind: 'reader may write',
      subject: 'dress_rehearsal_reader',
      reason: 'a test',
    })
    expect(
      evidence.certificate?.canaries
        .filter(({ outcome }) => outcome === 'accepted')
        .map(({ statement }) => statement),
    ).toEqual(['DELETE FROM public.branches WHERE false'])
  })

  it('tells a measure and a spec that their statements were not sent', async () => {
    await using project = await copySmallProject()
    await project.write(
      'specs/baseline/refused.spec.ts',
      `import { act, sql } from '../words.ts'

act('baseline', 'what may not be sent', (it) => {
  it('draws a number', async ({ expect, production }) => {
    expect(await production.query(sql\`SELECT nextval('approvals_id_seq')\`)).toEqual([])
  })
})
`,
    )
    const { evidence } = await project.rehearse('specs/baseline')
    expect(failureOf(evidence, 'draws a number')).toContain(
      'a statement of spec of baseline was not sent to production "library": it calls nextval, which moves a sequence',
    )
    expect(evidence.certificate?.refused).toEqual([
      {
        statement: "SELECT nextval('approvals_id_seq')",
        by: 'spec of baseline',
        why: 'it calls nextval, which moves a sequence',
      },
    ])

    await project.edit(
      'rehearsal.config.ts',
      "sql: 'SELECT count(*) FROM branches'",
      "sql: 'SELECT count(*) FROM branches FOR UPDATE'",
    )
    const second = await openBaseline(project)
    expect(second.verdict).toBe('unknown')
    expect(stepOf(second, 'baseline').reason).toContain(
      'a statement of measure branches was not sent to production "library": it locks rows',
    )
  })
})

/** No report names a password, nor a path of the machine; what is printed names no password. */
async function expectNoSecrets(
  project: Project,
  output: string,
  passwords: readonly string[],
): Promise<void> {
  expect(passwords).toHaveLength(3)
  const names = ['junit.xml', 'evidence.json', 'rehearsal.md']
  const reports = await Promise.all(names.map((name) => project.read(`reports/${name}`)))
  for (const text of [...reports, output]) {
    for (const password of passwords) expect(text).not.toContain(password)
    expect(text).not.toMatch(/PGPASSWORD|SCRAM-SHA-256|\bpassword=/i)
  }
  for (const text of reports) {
    for (const path of [project.path, repository, `${tmpdir()}/`]) expect(text).not.toContain(path)
  }
}

async function openBaseline(project: Project): Promise<Evidence> {
  await using rehearsal = await OpenRehearsal.open(project)
  return await rehearsal.reach('baseline')
}
