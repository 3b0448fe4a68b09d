import { describe, expect, it } from 'vitest'
import { acts, selectActs } from '../../harness/acts/acts.ts'
import { escapeAttempts } from '../../harness/acts/escape-attempts.ts'
import { chooseSeams, seams, type Seams } from '../../harness/acts/common/seams.ts'
import { checkRehearsal } from '../../harness/config/rehearsal.ts'
import { copySmallProject, type Project } from '../support/project.ts'
import { OpenRehearsal } from '../support/stage.ts'
import { filledHost } from './filled-host.ts'
import { handedSource } from './handed-source.ts'
import { shellExecutor } from './shell-executor.ts'
import { toyAct } from './toy-act.ts'
import { twoFilesLayout } from './two-files-layout.ts'

/** The second implementations, each before the harness's own. */
const others = {
  sources: [handedSource, ...seams.sources],
  hosts: [filledHost, ...seams.hosts],
  layouts: [twoFilesLayout, ...seams.layouts],
  executors: [shellExecutor, ...seams.executors],
} satisfies Seams

const config = (release: string): string => `import { defineRehearsal } from 'dress-rehearsal'
export default defineRehearsal({
  production: { database: 'library', owner: 'librarian', script: 'sql/production/make.sql', activity: 'quiet' },
  release: { directory: 'sql/release', ${release} },
})
`

const files: Readonly<Record<string, string>> = {
  'up.sql':
    "-- Adds shelves.\nCREATE TABLE public.shelves (code text PRIMARY KEY);\nINSERT INTO public.shelves VALUES ('A');\n",
  'down.sql': '-- Takes them away.\n\\set ON_ERROR_STOP on\nDROP TABLE IF EXISTS public.shelves;\n',
  'apply.sql': '\\set ON_ERROR_STOP on\n\\ir up.sql\n',
}

const tiers = "tiers: [{ id: 'up', title: 'shelves', file: 'up.sql' }]"
const byScript = `script: 'apply.sql', rollback: { file: 'down.sql' }, ${tiers}`
const byFiles = `rollback: { file: 'down.sql' }, ${tiers}`

async function copyShelves(release: string): Promise<Project> {
  const project = await copySmallProject()
  await project.remove('sql/release')
  for (const [name, text] of Object.entries(files)) await project.write(`sql/release/${name}`, text)
  await project.write('rehearsal.config.ts', config(release))
  return project
}

/** Rehearses the shelves to the end, and returns what became of each step. */
async function rehearse(release: string, chosen: Seams) {
  await using project = await copyShelves(release)
  await using rehearsal = await OpenRehearsal.open(project, { seams: chosen })
  const ids = rehearsal.stage.plan.map(({ id }) => id)
  const { acts: performed, tiers: applied, notShown } = await rehearsal.reach(...ids)
  const bad = [...performed, ...applied].filter(
    ({ status, problems }) => status !== 'performed' || problems.length > 0,
  )
  return {
    ids,
    bad: bad.map(({ id, status, reason, problems }) => ({ id, status, reason, problems })),
    effect: applied[0]?.effect,
    notShown: notShown.map(({ what }) => what),
  }
}

const check = (release: object) =>
  checkRehearsal(
    { production: { database: 'library', owner: 'librarian', script: 'make.sql' }, release },
    'rehearsal.config.ts',
  )

describe('a second implementation rehearses a release end to end:', () => {
  it('a source that is handed a running server', async () => {
    const { bad, ids } = await rehearse(byScript, { ...seams, sources: others.sources })
    expect(bad).toEqual([])
    expect(ids).toContain('partial-rollback')
  })

  it('a host that hands over a database already filled, of which it makes no copies', async () => {
    const { bad, ids, notShown } = await rehearse(byScript, { ...seams, hosts: others.hosts })
    expect(bad).toEqual([])
    expect(ids).not.toContain('one-shot')
    expect(notShown).toEqual(
      expect.arrayContaining(['one-shot', 'reapply', 'partial-rollback', 'golden', 'gate']),
    )
  })

  it('a layout of two files', async () => {
    const { bad, effect } = await rehearse(byFiles, { ...seams, layouts: others.layouts })
    expect(bad).toEqual([])
    expect(effect?.tables).toMatchObject({ shelves: { inserted: 1 } })
  })

  it('an executor that is a shell command', async () => {
    const { bad, ids, notShown } = await rehearse(byScript, { ...seams, executors: others.executors })
    expect(bad).toEqual([])
    expect(ids).toContain('one-shot')
    expect(notShown).toContain('partial-rollback')
  })
})

describe('a seam that lies is seen through:', () => {
  it('a layout that reads a file and does not list it', async () => {
    const lying = {
      ...twoFilesLayout,
      read: async (...where: Parameters<typeof twoFilesLayout.read>) => {
        const release = await twoFilesLayout.read(...where)
        return { ...release, files: release.files.filter(({ path }) => path !== 'down.sql') }
      },
    }
    await using project = await copyShelves(byFiles)
    await expect(OpenRehearsal.open(project, { seams: { ...seams, layouts: [lying] } })).rejects.toThrow(
      'the layout read the file, and does not list it',
    )
  })

  it('an act that needs what the host cannot do is left out with it', () => {
    const dependent = { ...toyAct, needs: { escapeAttempts } }
    const can = { freshCopies: true, sealing: false, stepping: true }
    const { present, leftOut } = selectActs(
      [...acts, dependent],
      check({ directory: 'sql', tiers: [{ id: 'a', title: 'a', file: 'a.sql' }] }),
      can,
    )
    expect(present).not.toContain(dependent)
    expect(leftOut.get('toy')).toMatchObject({ what: 'toy' })
  })
})

describe('what does not go together is refused', () => {
  it('as where no layout fits', () => {
    const declared = check({ directory: 'sql', tiers: [{ id: 'a', title: 'a', file: 'a.sql' }] })
    expect(() => chooseSeams(declared)).toThrow('release: no layout fits what is declared')
  })

  it('as a tier that has the id of an act', async () => {
    await using project = await copyShelves(byScript.replace("id: 'up'", "id: 'variant'"))
    await expect(OpenRehearsal.open(project)).rejects.toThrow('release.tiers: an act is called "variant"')
  })

  it('as where an executor cannot be held between two tiers', () => {
    const two = ['a', 'b'].map((id) => ({ id, title: id, file: `${id}.sql` }))
    const declared = check({ directory: 'sql', script: 'run.sql', tiers: two })
    expect(() => chooseSeams(declared, others)).toThrow('there are 2, and shell cannot be held between them')
  })
})

it('a toy act is one file, in the list of acts, and is performed in its place', async () => {
  await using project = await copyShelves(byScript)
  await using rehearsal = await OpenRehearsal.open(project, { acts: [...acts, toyAct] })
  const { acts: performed } = await rehearsal.reach('toy')
  expect(performed.at(-1)).toMatchObject({ id: 'toy', status: 'performed', problems: [] })
  expect(rehearsal.stage.given(toyAct)?.tables).toBeGreaterThan(3)
})
