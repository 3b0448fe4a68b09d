import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startCommand } from '../support/command.ts'
import { copySmallProject, Project, repository } from '../support/project.ts'

const command = join(repository, 'bin/rehearse.mjs')
const stackFrame = /^\s+at .*:\d+/m

describe('rehearse without a configuration', () => {
  it('says where to create it, in a project', async () => {
    await using project = await makeProject()
    await project.write('package.json', '{}')
    expect(await rehearse(project.path)).toEqual({
      exitCode: 2,
      output: `there is no rehearsal.config.ts in ${project.path}
hint: create it beside package.json: docs/own-project.md of dress-rehearsal shows a complete one\n`,
    })
    expect(await readdir(project.path)).toEqual(['package.json'])
  })

  it('says to go to a project, outside of any', async () => {
    await using project = await makeProject()
    expect(await rehearse(project.path)).toEqual({
      exitCode: 2,
      output: `there is no rehearsal.config.ts in ${project.path}
hint: run the command in the folder of a project that has one\n`,
    })
  })

  it('names the folder above that has it', async () => {
    await using project = await copySmallProject()
    expect(await rehearse(join(project.path, 'sql/release'))).toEqual({
      exitCode: 2,
      output: `there is no rehearsal.config.ts in ${join(project.path, 'sql/release')}
hint: run the command in ${project.path}\n`,
    })
  })

  it('names the file that is called otherwise', async () => {
    await using project = await makeProject()
    await project.write('rehearsal.config.mjs', 'export default {}')
    expect((await rehearse(project.path)).output).toContain(
      '\nhint: rename rehearsal.config.mjs to rehearsal.config.ts\n',
    )
  })
})

describe('rehearse with a broken configuration', () => {
  const endIt = "hint: end it with: export default defineRehearsal({ … }), from 'dress-rehearsal'"
  const correctIt =
    'hint: correct the code that fails when the file is loaded; npx tsc --noEmit checks its types'

  it.for([
    [
      'a syntax error',
      "export const name = 'x'\nexport default { name: = 3 }",
      'rehearsal.config.ts could not be loaded',
      'hint: correct the syntax at that place',
      'caused by: rehearsal.config.ts:2:24: Expression expected.',
    ],
    ['no export', 'const name = 1', 'rehearsal.config.ts has no default export', endIt],
    [
      'a function as its export',
      'export default () => ({})',
      'rehearsal.config.ts has a default export that is not a rehearsal: a function',
      endIt,
    ],
    [
      'a promise as its export',
      'export default Promise.resolve({})',
      'rehearsal.config.ts has a default export that is not a rehearsal: a promise',
      endIt,
    ],
    [
      'an error that it throws',
      "throw new Error('no luck today')",
      'rehearsal.config.ts could not be loaded',
      correctIt,
      'caused by: no luck today',
    ],
    [
      'null that it throws',
      'throw null',
      'rehearsal.config.ts could not be loaded',
      correctIt,
      'caused by: null',
    ],
    [
      'an import of what is not there',
      "import { measures } from './measures.ts'\nexport default { measures }",
      'rehearsal.config.ts could not be loaded',
      'hint: correct the import that cannot be resolved',
    ],
  ] as const)('says what to do about %s', async ([, text, ...told]) => {
    await using project = await copySmallProject()
    await project.write('rehearsal.config.ts', text)
    const { exitCode, output, evidence } = await project.rehearse()
    expect({ exitCode, verdict: evidence.verdict }).toEqual({ exitCode: 2, verdict: 'unknown' })
    const lines = evidence.reasons[0]!.split('\n')
    for (const [index, line] of told.entries()) expect(lines[index]).toBe(line)
    expect(output).not.toMatch(stackFrame)
  })

  it('says what to do about keys that it does not know, and names all of them', async () => {
    await using project = await copySmallProject()
    await project.edit('rehearsal.config.ts', "name: 'Lending library'", "nmae: 'Lending library'")
    await project.edit('rehearsal.config.ts', "activity: 'quiet'", "actvity: 'quiet'")
    const { exitCode, output, evidence } = await project.rehearse()
    expect({ exitCode, verdict: evidence.verdict }).toEqual({ exitCode: 2, verdict: 'unknown' })
    expect(evidence.reasons[0]).toMatch(
      /^rehearsal\.config\.ts is not a valid rehearsal: .*"actvity"\n.*"nmae"/,
    )
    expect(evidence.reasons[0]).toContain('\nhint: correct it: docs/writing-specs.md of dress-rehearsal')
    expect(output).not.toMatch(stackFrame)
  })

  it('shows the stack of an error that nothing caught only where REHEARSAL_STACK asks for it', async () => {
    await using project = await copySmallProject()
    const late = `setTimeout(() => { throw new Error('too late') })\nawait new Promise((done) => setTimeout(done, 100))`
    await project.write('rehearsal.config.ts', `${late}\nexport default {}`)
    const quiet = await project.rehearse()
    expect(quiet.evidence.reasons).toContain('stopped by an error that nothing caught: too late')
    expect(quiet.output).not.toMatch(stackFrame)
    vi.stubEnv('REHEARSAL_STACK', '1')
    onTestFinished(() => void vi.unstubAllEnvs())
    expect((await project.rehearse()).output).toMatch(/^Error: too late\n\s+at .*rehearsal\.config\.ts:1:/m)
  })

  it.for([
    ['calls process.exit', 'process.exit(0)'],
    ['waits for ever', 'await new Promise(() => {})'],
  ] as const)('can not tell where it %s, and says so', async ([, text]) => {
    await using project = await copySmallProject()
    await project.write('rehearsal.config.ts', `${text}\nexport default {}`)
    const { exitCode, output, evidence } = await project.rehearse()
    expect({ exitCode, verdict: evidence.verdict }).toEqual({ exitCode: 2, verdict: 'unknown' })
    expect(output).toBe(
      `the process ended before there was a verdict
hint: remove the process.exit, or the wait that never ends, from rehearsal.config.ts or the spec\n`,
    )
  })
})

describe('a project in CommonJS', () => {
  it('has a configuration that is read all the same, with imports that have no file ending', async () => {
    await using project = await copySmallProject()
    await project.write('package.json', '{ "type": "commonjs" }')
    await project.write('names.ts', "export const name: string = 'Read in CommonJS'\n")
    await project.edit('rehearsal.config.ts', "name: 'Lending library'", 'name')
    await project.edit(
      'rehearsal.config.ts',
      '\nconst measures',
      "import { name } from './names'\n\nconst measures",
    )
    const { evidence } = await project.rehearse('specs/none')
    expect(evidence.rehearsal.name).toBe('Read in CommonJS')
    expect(evidence.reasons[0]).toMatch(/^no spec file matches specs\/none/)
  })
})

async function makeProject(): Promise<Project> {
  return new Project(await mkdtemp(join(tmpdir(), 'rehearsed-nothing-')))
}

function rehearse(directory: string): Promise<{ exitCode: number | null; output: string }> {
  return startCommand([command], directory).ended.then(({ exitCode, output }) => ({ exitCode, output }))
}
