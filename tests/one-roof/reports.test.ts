import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { copySlimOneRoof } from '../support/one-roof.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))

it('prints no password, and reports no path of the machine', async () => {
  await using project = await copySlimOneRoof()
  const channel = join(repository, 'harness/spec/channel.ts')
  await project.write(
    'specs/divergence/known-passwords.spec.ts',
    `import { writeFileSync } from 'node:fs'
import { askStage } from ${JSON.stringify(channel)}
import { act } from '../words.ts'

act('divergence', 'golden against rehearsal', (it) => {
  it('tells the test the passwords of the run', async ({ expect, after }) => {
    writeFileSync('passwords.json', JSON.stringify(Object.values(await askStage('/access')).map(({ password }) => password)))
    expect(after).toMeasure({ own: 30 })
  })
})
`,
  )
  const { output } = await project.rehearse()
  const passwords = JSON.parse(await project.read('passwords.json')) as string[]
  expect(passwords).toHaveLength(3)
  const [junit, evidence, markdown] = await Promise.all(
    ['junit.xml', 'evidence.json', 'rehearsal.md'].map((name) => project.read(`reports/${name}`)),
  )
  for (const text of [junit, evidence, markdown, output]) {
    for (const password of passwords) expect(text).not.toContain(password)
    expect(text).not.toMatch(/PGPASSWORD|SCRAM-SHA-256|\bpassword=/i)
  }
  for (const text of [junit, evidence, markdown]) {
    for (const path of [project.path, repository, `${tmpdir()}/`]) expect(text).not.toContain(path)
  }
})
