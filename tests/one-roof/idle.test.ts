import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { copySlimOneRoof, failuresOf, stepsOf } from '../support/one-roof.ts'
import { expectVerdict } from '../support/read-evidence.ts'

const moduleOf = (path: string): string =>
  JSON.stringify(fileURLToPath(new URL(`../../harness/${path}`, import.meta.url)))

it('shows a session left idle in a transaction on production: "idle" is 1, expected 0', async () => {
  await using project = await copySlimOneRoof()
  await project.write(
    'specs/rollback/3-gate-taken-back.spec.ts',
    `import { askStage } from ${moduleOf('spec/channel.ts')}
import { openSession } from ${moduleOf('postgres/session.ts')}
import { act } from '../words.ts'

act('ungate', 'gate taken back', (it) => {
  it('leaves a session behind', async ({ expect, after }) => {
    const { production } = await askStage('/access')
    const session = await openSession(production!, 'forgotten')
    await session.rows('BEGIN')
    expect(after).toMeasure({ ospa: 0 })
  })
})
`,
  )
  const run = await project.rehearse('specs/rollback/3', 'specs/isolation')
  expectVerdict('fail', run)
  const { ungate, isolation } = stepsOf(run.evidence)
  expect(ungate).toMatchObject({ status: 'performed', problems: [] })
  expect(isolation!.problems).toEqual([
    'measure idle: 0 in production at entry, 1 in production now',
    expect.stringMatching(
      /^left on production: session \d+ \(forgotten\) as dress_rehearsal_reader: idle in transaction$/,
    ),
  ])
  const failures = failuresOf(run.evidence)
  const suite = 'isolation clean-up, and production as before'
  expect(failures[`${suite} > finds production equal to the entry baseline in every measure`]).toContain(
    'after isolation: measure "idle" is 1, expected 0',
  )
})
