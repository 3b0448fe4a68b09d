import { describe, expect, it } from 'vitest'
import { connectAround, intrude, load, planLoad } from '../support/intrude.ts'
import { copySmallProject, type Project } from '../support/project.ts'
import { expectVerdict, problemsOf, stepOf } from '../support/read-evidence.ts'
import { OpenRehearsal } from '../support/stage.ts'

/** What the clients of a lending library do all day: no figure changes, but content does. */
const script = String.raw`\set book random(1, 1000)
UPDATE books SET title = title || '.' WHERE id = :book;
`

const declaration = "    activity: 'quiet',\n"

async function declare(project: Project, activity: string): Promise<void> {
  await project.edit('rehearsal.config.ts', declaration, activity)
}

describe('production that its clients write to throughout', () => {
  it('is compared with the clone at the moment of its dump, and may differ at exit, which is told', async () => {
    await using project = await copySmallProject()
    await declare(project, '')
    await planLoad(project, 'library', script)
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('pass', { exitCode, output, evidence })
    expect(stepOf(evidence, 'clone').facts['activity']).toBe('live, observed')
    expect(stepOf(evidence, 'isolation').facts).toMatchObject({
      activity: 'live, observed',
      changedMeanwhile: [
        'content of books differs between production at entry and production now, with the same number of rows',
        expect.stringMatching(/^writes to public.books: /),
      ],
    })
  })

  it('does not cover what we leave there: a session, and its lock', async () => {
    await using project = await copySmallProject()
    await declare(project, '')
    await using rehearsal = await OpenRehearsal.open(project)
    await rehearsal.reach('baseline')
    await load(rehearsal.socketPath, 'library', script)
    await rehearsal.reach('gate-revoke')
    await using forgotten = await connectAround(rehearsal.production.reader, 'forgotten')
    await forgotten.client.query('SELECT pg_advisory_lock(7)')
    const evidence = await rehearsal.reach('isolation')
    expect(evidence.verdict).toBe('fail')
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
    await using rehearsal = await OpenRehearsal.open(project)
    await rehearsal.reach('baseline')
    await load(rehearsal.socketPath, 'library', script)
    const evidence = await rehearsal.reach('isolation')
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)).toEqual({
      clone: [
        expect.stringMatching(
          /^production is declared quiet, and changed before the release: content of books/,
        ),
        expect.stringContaining('rows of books were rewritten'),
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
    await using rehearsal = await OpenRehearsal.open(project)
    await rehearsal.reach('gate-revoke')
    await intrude(rehearsal.socketPath, 'library', "UPDATE branches SET name = 'Sold' WHERE code = 'hill'")
    const evidence = await rehearsal.reach('isolation')
    expect(evidence.verdict).toBe('unknown')
    expect(problemsOf(evidence)).toEqual({})
    expect(stepOf(evidence, 'clone').facts['activity']).toBe('quiet, observed')
    expect(stepOf(evidence, 'isolation').status).toBe('error')
    expect(stepOf(evidence, 'isolation').reason).toMatch(
      /was quiet until the release, and has changed since; who changed it could not be determined: content of branches/,
    )
  })
})
