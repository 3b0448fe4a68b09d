import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { junitOf } from '../../scripts/check/testing-junit.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

// A check that passes has 12 tests: its own 7 steps, 3 of the harness, 2 of the rehearsal.
describe('npm run check', { timeout: 60_000 }, () => {
  it('sums the tests of its three JUnit files in its last line, alone on it', () => {
    const { status, lastLine } = check({})
    expect(lastLine).toBe('12 passed, 0 failed')
    expect(status).toBe(0)
  })

  it('runs the far tests where CI is set, last, and counts them', () => {
    const far = { 'check:far': `${writeReport('far-junit.xml', junitOf(6, 1))}; exit 1` }
    const { status, lastLine, output } = check(far, { CI: 'true' })
    expect(output).toMatch(/✓ rehearsal .*\n\n✗ far tests \(npm run check:far, .* s\): 5 passed, 1 failed/)
    expect(lastLine).toBe('18 passed, 1 failed')
    expect(status).toBe(1)
  })

  it('runs no far tests where CI is empty', () => {
    expect(check({ 'check:far': 'exit 1' }, { CI: '' }).lastLine).toBe('12 passed, 0 failed')
  })

  it('tells skipped tests in its last line', () => {
    const { status, lastLine } = check({ test: writeReport('junit.xml', junitOf(2, 0, 3)) })
    expect(lastLine).toBe('12 passed, 0 failed, 3 skipped')
    expect(status).toBe(0)
  })

  it.each([[['check:types']], [['check:lint', 'check:format', 'check:dead', 'check:sql']]])(
    'fails where %j fail, shows their output, and still runs all the rest',
    (scripts) => {
      const fault = 'echo to stdout; echo to stderr >&2; exit 3'
      const { status, lastLine, output, project } = check(
        Object.fromEntries(scripts.map((script) => [script, fault])),
      )
      for (const script of scripts)
        expect(output).toMatch(new RegExp(`✗ .*\\(npm run ${script}, .* s\\): exit code 3\n`))
      expect(output).toMatch(/ {2}to stdout\n {2}to stderr\n|  to stderr\n {2}to stdout\n/)
      expect(output.match(/✓/g)).toHaveLength(7 - scripts.length)
      expect(lastLine).toBe(`${12 - scripts.length} passed, ${scripts.length} failed`)
      expect(status).toBe(1)
      const junit = readFileSync(join(project, 'reports/check-junit.xml'), 'utf8')
      expect(junit.match(/<failure message="exit code 3">/g)).toHaveLength(scripts.length)
    },
  )

  it('counts the failed tests of a JUnit file once', () => {
    const { status, lastLine } = check({ test: `${writeReport('junit.xml', junitOf(4, 2))}; exit 1` })
    expect(lastLine).toBe('12 passed, 2 failed')
    expect(status).toBe(1)
  })

  it("counts a failure where the rehearsal's JUnit file is missing", () => {
    const { status, lastLine, output } = check({ test: 'exit 2' })
    expect(output).toContain('exit code 2, and reports/junit.xml is missing')
    expect(output).toMatch(/✗ rehearsal \(npm run test, /)
    expect(lastLine).toBe('9 passed, 1 failed')
    expect(status).toBe(1)
  })

  it('does not take the JUnit file of an earlier run for its own', () => {
    const project = makeProject({ test: 'true' })
    writeFileSync(join(project, 'reports/junit.xml'), junitOf(9, 0))
    utimesSync(join(project, 'reports/junit.xml'), new Date(), new Date(Date.now() + 3_600_000))
    const { lastLine } = run(project)
    expect(lastLine).toBe('9 passed, 1 failed')
  })

  it('passes SIGTERM on, waits for the step to clean up, starts nothing more, and exits with 2', async () => {
    const cleaning = `trap 'sleep 0.3; echo cleaned > cleaned; exit 0' TERM; echo up > up; while :; do sleep 0.05; done`
    const project = makeProject({ 'check:harness': cleaning, test: 'echo started > started' })
    const child = spawn(process.execPath, ['scripts/check.mjs'], {
      cwd: project,
      env: bareEnvironment,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    await expect.poll(() => existsSync(join(project, 'up')), { timeout: 20_000 }).toBe(true)
    child.kill('SIGTERM')
    expect(await exitCode(child)).toBe(2)
    expect(existsSync(join(project, 'cleaned'))).toBe(true)
    expect(existsSync(join(project, 'started'))).toBe(false)
    expect(output).toMatch(/not run, because of SIGTERM.*\n.*\n.*\n\d+ passed, 2 failed\n$/s)
  })
})

/** The real check in a project whose npm scripts are those given; the others pass. */
function makeProject(scripts: Record<string, string>): string {
  const project = mkdtempSync(join(tmpdir(), 'check-'))
  onTestFinished(() => rmSync(project, { recursive: true }))
  for (const path of [
    'bin/compile.mjs',
    'bin/typescript.mjs',
    'harness/config/typescript',
    'scripts/check.mjs',
    'scripts/check',
    'harness/process/child.ts',
    'harness/report',
  ])
    cpSync(join(root, path), join(project, path), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'))
  mkdirSync(join(project, 'reports'))
  const passing = Object.fromEntries(
    ['types', 'lint', 'format', 'dead', 'sql'].map((name) => [`check:${name}`, 'true']),
  )
  const reporting = {
    'check:harness': writeReport('harness-junit.xml', junitOf(3, 0)),
    test: writeReport('junit.xml', junitOf(2, 0)),
  }
  const manifest = { name: 'sample', type: 'module', scripts: { ...passing, ...reporting, ...scripts } }
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest))
  return project
}

function check(scripts: Record<string, string>, environment: NodeJS.ProcessEnv = {}) {
  return run(makeProject(scripts), environment)
}

/** Whether it is our own check that runs on CI makes no difference to the one that is run. */
const bareEnvironment = { ...process.env, CI: '' }

function run(project: string, environment: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/check.mjs'], {
    cwd: project,
    encoding: 'utf8',
    env: { ...bareEnvironment, ...environment },
  })
  return { status, project, output: stdout + stderr, lastLine: stdout.split('\n').at(-2) }
}

function exitCode(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('close', resolve))
}

/** The shell line that writes a report. */
function writeReport(name: string, xml: string): string {
  return `printf %s '${xml}' > reports/${name}`
}
