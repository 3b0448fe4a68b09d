import { execFile } from 'node:child_process'
import { access, mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judgePackage } from '../../scripts/package/check-package.ts'
import { packCopy } from '../../scripts/package/pack-copy.ts'
import { startCommand } from '../support/command.ts'
import { OwnTemp } from '../support/own-temp.ts'
import { Project, repository } from '../support/project.ts'
import { Consumer, type ConsumerSettings } from './consumer.ts'
import { Tools } from './tools.ts'

const stackFrame = /^\s+at .*:\d+/m

const misspelt = `import { tier } from './words.ts'

tier('T2', 'misspelt', (it) => {
  it('does not compile', ({ expect, before }) => {
    // @ts-expect-error There is no such measure.
    expect(before).toMeasure({ misspelt: 5 })
  })
})
`

let temp: OwnTemp
let tarball: string
let tools: Tools

beforeAll(async () => {
  temp = await OwnTemp.make()
  await mkdir(join(temp.path, 'packed'))
  tarball = packCopy(repository, join(temp.path, 'packed'))
  tools = await Tools.install(join(temp.path, 'tools'))
})

afterAll(() => temp[Symbol.asyncDispose]())

describe('the packed package', () => {
  it('is compiled modules, their declarations, pages and the licence, and nothing else', async () => {
    const { stdout } = await promisify(execFile)('tar', ['-tzf', tarball])
    const files = stdout
      .trim()
      .split('\n')
      .map((file) => file.replace(/^package\//, ''))
    const compiled = /^dist\/(?!.*\/testing\b)[\w/-]+\.(js|d\.ts|mjs|d\.mts|cjs)$/
    expect(files.filter((file) => !compiled.test(file)).toSorted()).toEqual([
      'LICENSE',
      'README.md',
      'docs/own-project.md',
      'docs/production-access.md',
      'docs/sealed.md',
      'docs/what-is-proven.md',
      'docs/writing-specs.md',
      'package.json',
    ])
    expect(files).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.d.ts', 'dist/cli/bin.js']))
  })

  it('has a README whose links lead to files of it', async () => {
    await using unpacked = await unpack('readme')
    const links = [...(await unpacked.read('README.md')).matchAll(/\]\(([^)#:]+)/g)].map(
      ([, target]) => target!,
    )
    expect(links).toContain('docs/writing-specs.md')
    for (const link of links) await access(join(unpacked.path, link))
  })

  it('leaves the repository as it was', async () => {
    const copy = join(temp.path, 'packed/repository')
    for (const file of ['package.json', 'README.md'])
      expect(await readFile(join(copy, file), 'utf8')).toBe(await readFile(join(repository, file), 'utf8'))
    expect(await readdir(copy)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(dist|\.unpacked)$/)]),
    )
  })

  it('is one in which publint and attw find nothing', () => {
    expect(() => judgePackage(repository, tarball)).not.toThrow()
  })
})

describe.each<ConsumerSettings>([
  { manager: 'npm', node: 20, format: 'CommonJS' },
  { manager: 'pnpm', node: 22, format: 'ES modules' },
  { manager: 'yarn', node: 24, format: 'CommonJS' },
])('a project in $format, installed by $manager, on Node $node', (settings) => {
  let project: Consumer

  beforeAll(async () => {
    project = await Consumer.install(join(temp.path, settings.manager), tarball, tools, settings)
  })

  it('rehearses its release', async () => {
    const { exitCode, output } = await project.run()
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringContaining('PASS') })
    const { verdict, tests, versions } = await project.evidence()
    expect({ verdict, tests: tests.length }).toEqual({ verdict: 'pass', tests: 41 })
    expect(versions['node']).toMatch(new RegExp(`^${settings.node}\\.`))
    expect(versions['vitest']).toBe(versionOf(await project.read('node_modules/vitest/package.json')))
    expect(await temp.runDirectories()).toEqual([])
  })

  it('has types that hold, with those of every library, and know its measures', async () => {
    await project.write('specs/misspelt.ts', misspelt)
    expect(await project.checkTypes()).toEqual({ exitCode: 0, output: '' })
  })

  it('is helped by --help', async () => {
    const { exitCode, output } = await project.run('--help')
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringContaining('Usage: rehearse') })
  })

  it('is told what to do about a broken configuration, and a missing one', async () => {
    await project.edit('rehearsal.config.ts', 'defineRehearsal({', 'defineRehearsal({{')
    const broken = await project.run()
    expect(broken.exitCode).toBe(2)
    expect((await project.evidence()).reasons[0]).toMatch(
      /could not be loaded\nhint: correct the syntax at that place\ncaused by: rehearsal\.config\.ts:\d+:\d+: /,
    )
    await project.remove('reports')
    await project.remove('rehearsal.config.ts')
    const missing = await project.run()
    expect(missing).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining('hint: create it beside package.json'),
    })
    for (const { output } of [broken, missing]) expect(output).not.toMatch(stackFrame)
  })
})

describe('a project without the Vitest that a rehearsal runs on', () => {
  it.for([
    ['none', 'Vitest is not installed in this project'],
    ['5.1.2', 'a rehearsal needs Vitest 4, but this project has 5.1.2'],
  ] as const)('is told to install it, where it has %s', async ([version, told]) => {
    await using unpacked = await unpack(`with-vitest-${version}`)
    await linkDependencies(unpacked)
    if (version !== 'none')
      await unpacked.write('node_modules/vitest/package.json', JSON.stringify({ version }))
    const { exitCode, output } = await startCommand([join(unpacked.path, 'dist/cli/bin.js')], temp.path).ended
    expect({ exitCode, output }).toEqual({
      exitCode: 2,
      output: `${told}
hint: install it next to dress-rehearsal, for example: npm install --save-dev vitest@4\n`,
    })
  })
})

/** Links what the repository has installed, but for Vitest. */
async function linkDependencies(project: Project): Promise<void> {
  const installed = join(repository, 'node_modules')
  await mkdir(join(project.path, 'node_modules'))
  for (const name of (await readdir(installed)).filter((entry) => entry !== 'vitest'))
    await symlink(join(installed, name), join(project.path, 'node_modules', name))
}

async function unpack(name: string): Promise<Project> {
  const directory = join(temp.path, name)
  await mkdir(directory)
  await promisify(execFile)('tar', ['-xzf', tarball, '-C', directory, '--strip-components=1'])
  return new Project(directory)
}

function versionOf(manifest: string): string {
  return (JSON.parse(manifest) as { version: string }).version
}
