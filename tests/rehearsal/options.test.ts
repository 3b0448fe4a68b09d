import { execFile } from 'node:child_process'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { OwnTemp } from '../support/own-temp.ts'
import { copySmallProject, repository, type Project } from '../support/project.ts'

const slowSpec = `import { setTimeout } from 'node:timers/promises'
import { act } from '../words.ts'

act('baseline', 'takes its time', (it) => {
  it('waits', async ({ expect, facts }) => {
    console.log('waiting')
    await setTimeout(600_000)
    expect(facts['reader']).toBe('dress_rehearsal_reader')
  })
})
`
const command = join(repository, 'bin/rehearse.mjs')

describe('what a run needs', () => {
  it('is a configuration: without one it can not tell, and says where it looked', async () => {
    await using project = await copySmallProject()
    await project.write('reports/evidence.json', 'of an earlier run')
    await rm(join(project.path, 'rehearsal.config.ts'))
    await expectUnknown(project, `there is no rehearsal.config.ts in ${project.path}`)
  })

  it('is what the configuration names: all that is missing is told at once', async () => {
    await using project = await copySmallProject()
    for (const file of ['production/make.sql', 'golden/rewind.sql']) await project.remove(`sql/${file}`)
    await expectUnknown(
      project,
      'rehearsal.config.ts names files that do not exist: production.script: sql/production/make.sql; golden.rewind: sql/golden/rewind.sql',
    )
  })

  it('is the package, where the project stands: else that is told', async () => {
    await using project = await copySmallProject()
    await project.remove('node_modules/dress-rehearsal')
    const hint =
      'hint: install it in this project, for example: npm install --save-dev dress-rehearsal vitest@4'
    await expectUnknown(project, 'rehearsal.config.ts could not be loaded', hint)
  })

  it('is a configuration without faults: all are told at once, each by its key', async () => {
    await using project = await copySmallProject()
    await project.edit('rehearsal.config.ts', "'library_rehearsal' }", "'library' }")
    await project.edit('rehearsal.config.ts', "name: 'Lending library'", "name: ''")
    await project.edit('rehearsal.config.ts', "measures: ['terms']", "measures: ['trems']")
    await expectUnknown(
      project,
      'rehearsal.config.ts is not a valid rehearsal:',
      'name: ',
      '  clone.database: ',
      '  divergences.0.measures: "trems" is not a measure',
    )
  })

  it('is PostgreSQL: a REHEARSAL_POSTGRES_BIN that holds none is told', async () => {
    vi.stubEnv('REHEARSAL_POSTGRES_BIN', '/nowhere')
    onTestFinished(() => void vi.unstubAllEnvs())
    await using project = await copySmallProject()
    await expectUnknown(project, 'REHEARSAL_POSTGRES_BIN=/nowhere lacks ', 'hint: ')
  })

  it('is a folder for its reports: without one it can not tell', async () => {
    await using project = await copySmallProject()
    await project.write('taken', '')
    const { exitCode, output } = await project.start('run', '--output', 'taken').ended
    expect(exitCode).toBe(2)
    expect(output).toContain(`no reports can be written to ${join(project.path, 'taken')}`)
  })
})

describe('the reports', () => {
  it('are those of one run: a second one is refused their folder while the first is alive, and takes it from a dead one', async () => {
    await using temp = await OwnTemp.make()
    await using project = await copySmallProject()
    await project.write('specs/baseline/slow.spec.ts', slowSpec)
    const first = project.start('run', 'specs/baseline')
    await first.untilPrinted('waiting')
    const second = await project.start('run', 'specs/baseline').ended
    expect(second.exitCode).toBe(2)
    expect(second.output).toContain(`another run (process ${first.pid}) is writing its reports to`)
    first.kill('SIGKILL')
    await first.ended
    await project.remove('specs/baseline/slow.spec.ts')
    expect((await project.rehearse('specs/baseline')).evidence.reasons).toEqual([
      expect.stringContaining('some of the specs'),
    ])
    expect(await readdir(join(project.path, 'reports'))).not.toContain('.running')
    expect(await temp.runDirectories()).toEqual([])
    expect(await temp.processes()).toEqual([])
  })

  it('of an earlier run do not stand for one that was refused', async () => {
    await using project = await copySmallProject()
    for (const folder of ['reports', 'out']) {
      await project.write(`${folder}/evidence.json`, '{ "verdict": "pass" }')
      await project.write(`${folder}/junit.xml`, '<testsuites/>')
      await project.write(`${folder}/bench.json`, '{}')
    }
    expect((await project.start('run', '--keep', 'sometimes').ended).exitCode).toBe(2)
    expect(await readdir(join(project.path, 'reports'))).toEqual(['bench.json'])
    expect((await project.start('run', '--output', 'out', '--shard', '1/2').ended).exitCode).toBe(2)
    expect(await readdir(join(project.path, 'out'))).toEqual(['bench.json'])
  })

  it('go to the folder that --output names, without those of an earlier run, and in no other', async () => {
    await using project = await copySmallProject()
    for (const name of ['junit.xml', 'evidence.json', 'rehearsal.md', 'mine.txt']) {
      await project.write(`out/here/${name}`, 'of an earlier run')
    }
    const { exitCode, output } = await project.start('run', 'specs/baseline', '--output', 'out/here').ended
    expect(exitCode).toBe(2)
    expect(output).toContain('Reports  out/here/junit.xml  out/here/evidence.json  out/here/rehearsal.md')
    expect(await project.read('out/here/junit.xml')).toMatch(/^<\?xml/)
    expect(await project.read('out/here/evidence.json')).toMatch(/"verdict": "unknown"/)
    expect(await project.read('out/here/rehearsal.md')).not.toContain('earlier')
    expect(await project.read('out/here/mine.txt')).toBe('of an earlier run')
    expect(await readdir(project.path)).not.toContain('reports')
  })
})

describe('the command line', () => {
  it.for([
    [['--help'], ['run [options] [files...]', 'clean [options]']],
    [
      ['run', '--help'],
      ['-t, --testNamePattern', '--keep <when>', '--output <folder>', '0 PASS, 1 FAIL, 2 UNKNOWN'],
    ],
    [
      ['clean', '--help'],
      ['--cache', 'kept clones'],
    ],
  ] as const)('is told by %j', async ([args, parts]) => {
    await using project = await copySmallProject()
    const { exitCode, output } = await project.start(...args).ended
    expect(exitCode).toBe(0)
    for (const part of parts) expect(output).toContain(part)
  })

  it.for([
    [['run', '--nope'], "unknown option '--nope'"],
    [['run', '--keep', 'sometimes'], 'Allowed choices are never, on-failure, always'],
    [['rehears'], "unknown command 'rehears'"],
  ] as const)('can not tell what %j means, and exits with 2', async ([args, told]) => {
    await using project = await copySmallProject()
    const { exitCode, output } = await project.start(...args).ended
    expect({ exitCode, output }).toEqual({ exitCode: 2, output: expect.stringContaining(told) })
  })

  it('shows colours in a terminal only, and not there by NO_COLOR or --no-color', async () => {
    await using project = await copySmallProject()
    await project.write('rehearsal.config.ts', '')
    const colour = '\u001b[33m'
    expect(await inTerminal(project, `${command} run`)).toContain(colour)
    expect(await inTerminal(project, `${command} run --no-color`)).not.toContain('\u001b[3')
    expect(await inTerminal(project, `env NO_COLOR=1 ${command} run`)).not.toContain('\u001b[3')
    expect((await project.start('run').ended).output).not.toContain('\u001b')
  })

  it('removes the prepared production by clean --cache, and nothing else that stands there', async () => {
    await using temp = await OwnTemp.make()
    const cache = join(temp.path, 'cache')
    vi.stubEnv('REHEARSAL_CACHE', cache)
    onTestFinished(() => void vi.unstubAllEnvs())
    await using project = await copySmallProject()
    const entry = 'c'.repeat(32)
    await project.write(`../cache/${entry}/complete.json`, '{}')
    await project.write('../cache/neighbour.txt', 'not ours')
    expect(await project.start('clean', '--cache').ended).toMatchObject({
      exitCode: 0,
      output: `removed ${join(cache, entry)}\n`,
    })
    expect(await readdir(cache)).toEqual(['neighbour.txt'])
  })
})

/** The run ends with exit code 2 and says so in all reports; the reason begins as told, and its parts are printed. */
async function expectUnknown(project: Project, reason: string, ...parts: string[]): Promise<void> {
  await using temp = await OwnTemp.make()
  await writeFile(join(project.path, 'junit.xml'), '')
  const { exitCode, output, evidence } = await project.rehearse()
  expect({ exitCode, verdict: evidence.verdict, tests: evidence.tests }).toEqual({
    exitCode: 2,
    verdict: 'unknown',
    tests: [],
  })
  expect(evidence.reasons[0]).toContain(reason)
  for (const part of parts) expect(evidence.reasons[0]).toContain(part)
  const words = (text: string) => text.replace(/\s+/g, ' ')
  expect(words(output)).toContain(words(reason))
  expect(await project.read('reports/junit.xml')).toContain('<error ')
  expect(await project.read('reports/rehearsal.md')).toContain('UNKNOWN')
  expect(await temp.runDirectories()).toEqual([])
}

/** What the command shows in a terminal (script(1) gives it one), whatever its exit code. */
async function inTerminal(project: Project, line: string): Promise<string> {
  const { stdout } = await promisify(execFile)('script', ['-qfc', `${line} || true`, '/dev/null'], {
    cwd: project.path,
  })
  return stdout
}
