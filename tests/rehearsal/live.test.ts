import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { planIntrusion, planLoad } from '../support/intrude.ts'
import { copySmallProject, type Project } from '../support/project.ts'
import { expectVerdict, problemsOf, stepOf } from '../support/read-evidence.ts'

/** What the clients of a lending library do all day: no figure changes, but content does. */
const load = String.raw`\set book random(1, 1000)
UPDATE books SET title = title || '.' WHERE id = :book;
`

const declaration = "    activity: 'quiet',\n"

const moduleOf = (path: string): string =>
  JSON.stringify(fileURLToPath(new URL(`../../harness/${path}`, import.meta.url)))

async function declare(project: Project, activity: string): Promise<void> {
  await project.edit('rehearsal.config.ts', declaration, activity)
}

describe('production that its clients write to throughout', () => {
  it('is compared with the clone at the moment of its dump, and may differ at exit, which is told', async () => {
    await using project = await copySmallProject()
    await declare(project, '')
    await planLoad(project, 'library', load)
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('pass', { exitCode, output, evidence })
    expect(stepOf(evidence, 'clone').facts['activity']).toBe('live, observed')
    expect(stepOf(evidence, 'isolation').facts).toMatchObject({
      activity: 'live, observed',
      changedMeanwhile: [
        'content of books differs between production at entry and production now, at the same number of rows',
        expect.stringMatching(/^writes to public.books: /),
      ],
    })
  })

  it('does not cover what we leave there: a session, and its lock', async () => {
    await using project = await copySmallProject()
    await declare(project, '')
    await planLoad(project, 'library', load)
    await project.write(
      'specs/rollback/3-forgotten.spec.ts',
      `import { askStage } from ${moduleOf('spec/channel.ts')}
import { openSession } from ${moduleOf('postgres/session.ts')}
import { act } from '../words.ts'

act('ungate', 'a careless spec', (it) => {
  it('leaves a session behind', async ({ expect, after }) => {
    const { production } = await askStage('/access')
    const session = await openSession(production!, 'forgotten')
    await session.rows('SELECT pg_advisory_lock(7)')
    expect(after).toMeasure({ approvals: 0 })
  })
})
`,
    )
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('fail', { exitCode, output, evidence })
    expect(problemsOf(evidence)).toEqual({
      isolation: [
        expect.stringMatching(/^left on production: advisory lock \(0, 7\) of process \d+$/),
        expect.stringMatching(
          /^left on production: session \d+ \(forgotten\) as dress_rehearsal_reader: idle$/,
        ),
      ],
    })
    expect(evidence.certificate?.exit).toMatchObject({
      activity: { state: 'live', by: 'observed' },
      left: [expect.stringContaining('advisory lock'), expect.stringContaining('(forgotten)')],
    })
  })

  it('breaks the declaration that it is quiet', async () => {
    await using project = await copySmallProject()
    await planLoad(project, 'library', load)
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('fail', { exitCode, output, evidence })
    expect(problemsOf(evidence)).toEqual({
      clone: [
        expect.stringMatching(
          /^production is declared quiet, and changed before the release: content of books/,
        ),
        expect.stringContaining('rows of books were written anew'),
      ],
      isolation: [
        expect.stringContaining('content of books differs'),
        expect.stringMatching(/^writes to public.books: /),
      ],
    })
  })
})

describe('production that turns live in the middle', () => {
  it('leaves the verdict unknown: who wrote cannot be told', async () => {
    await using project = await copySmallProject()
    await declare(project, '')
    const statement = "UPDATE branches SET name = 'Sold' WHERE code = 'hill'"
    await planIntrusion(project, { database: 'library', statement })
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('unknown', { exitCode, output, evidence })
    expect(problemsOf(evidence)).toEqual({})
    expect(stepOf(evidence, 'clone').facts['activity']).toBe('quiet, observed')
    expect(stepOf(evidence, 'isolation').reason).toMatch(
      /was quiet until the release, and has changed since; who changed it cannot be told: content of branches/,
    )
  })
})
