import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { OwnTemp } from '../support/own-temp.ts'
import { copySmallProject } from '../support/project.ts'
import { expectVerdict, stepOf } from '../support/read-evidence.ts'

const planted = 'planted-password'

const administration = `-- Secrets that a production keeps.
CREATE ROLE guest LOGIN PASSWORD '${planted}';
CREATE EXTENSION postgres_fdw;
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'far.example');
CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS (user 'u', password '${planted}');
CREATE SUBSCRIPTION news CONNECTION 'host=far.example dbname=x password=${planted}' PUBLICATION p WITH (connect = false);
`

const channel = fileURLToPath(new URL('../../harness/spec/channel.ts', import.meta.url))

/** The command line of each process that can be seen. */
async function readCommandLines(): Promise<string[]> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  return Promise.all(processes.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
}

async function readAll(directory: string): Promise<Map<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(file, 'latin1')] as const)),
  )
}

it('a run that fails leaves no password in its reports, its output, or a command line', async () => {
  await using temp = await OwnTemp.make()
  await using project = await copySmallProject()
  await project.write('sql/production/administration.sql', administration)
  await project.edit(
    'rehearsal.config.ts',
    "script: 'sql/production/make.sql',",
    "script: 'sql/production/make.sql', administration: 'sql/production/administration.sql',",
  )
  await project.edit('sql/release/t2_seed.sql', '\nCOMMIT;\n', '\nSELECT 1 / 0;\nCOMMIT;\n')
  await project.write(
    'specs/clone/passwords.spec.ts',
    `import { writeFileSync } from 'node:fs'
import { askStage } from ${JSON.stringify(channel)}
import { act } from '../words.ts'

act('clone', 'clone of production', (it) => {
  it('tells the test the passwords of the run, and fails', async ({ expect, after }) => {
    const access = await askStage('/access')
    writeFileSync('../passwords.json', JSON.stringify(Object.values(access).map(({ password }) => password)))
    expect(after).toMeasure({ approvals: 7 })
  })
})
`.replace('../passwords.json', join(temp.path, 'passwords.json')),
  )
  const run = project.start('run')
  const commandLines = new Set<string>()
  let isOver = false
  const watch = (async () => {
    while (!isOver) {
      for (const line of await readCommandLines()) commandLines.add(line)
      await pause(20)
    }
  })()
  const { exitCode, output } = await run.ended
  isOver = true
  await watch
  const evidence = await project.evidence()
  expectVerdict('fail', { exitCode, output, evidence })
  expect(stepOf(evidence, 'T2').reason).toContain('division by zero')

  const passwords = JSON.parse(await readFile(join(temp.path, 'passwords.json'), 'utf8')) as string[]
  const secrets = [...new Set(passwords), planted]
  expect(secrets.length).toBeGreaterThan(2)
  expect([...commandLines].filter((line) => line.includes('postgres\0-D')).length).toBeGreaterThan(1)
  const left = new Map([
    ...(await readAll(join(project.path, 'reports'))),
    ['output', output],
    ['command lines', [...commandLines].join('\n')],
  ])
  expect([...left.keys()].length).toBeGreaterThan(4)
  for (const [where, text] of left)
    for (const secret of secrets) expect(text.includes(secret), `${where} holds a password`).toBe(false)
})
