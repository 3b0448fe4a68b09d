import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const template = mkdtempSync(join(tmpdir(), 'setup-template-'))
afterAll(() => rmSync(template, { recursive: true }))

describe('npm run setup', { timeout: 60_000 }, () => {
  beforeAll(makeTemplate, 60_000)

  it('says that there is nothing to do, and changes nothing', () => {
    const project = copyTemplate()
    const before = listTree(project)
    const { status, output } = setup(project)
    expect(output).toMatch(
      /node_modules matches package-lock\.json\nsetup: PostgreSQL [\d.]+ in .*\nsetup: nothing to do\n$/,
    )
    expect(status).toBe(0)
    expect(listTree(project)).toEqual(before)
  })

  it.each([
    ['node_modules', 'node_modules is not installed'],
    ['node_modules/leaf', 'node_modules/leaf is gone'],
    ['node_modules/leaf/package.json', 'node_modules/leaf is gone'],
    ['node_modules/.bin/leaf', 'node_modules/.bin/leaf is gone'],
    ['node_modules/.package-lock.json', 'node_modules is not installed'],
  ])('runs npm ci after %s was deleted', (path, reason) => {
    const project = copyTemplate()
    rmSync(join(project, path), { recursive: true })
    const { status, output } = setup(project)
    expect(output).toContain(`setup: ${reason}; running npm ci\n`)
    expect(output).toMatch(/setup: done\n$/)
    expect(status).toBe(0)
    expect(existsSync(join(project, path))).toBe(true)
    expect(setup(project).output).toMatch(/setup: nothing to do\n$/)
  })

  it('runs npm ci where a package is of another version than the lock has', () => {
    const project = copyTemplate()
    writeFileSync(join(project, 'node_modules/leaf/package.json'), '{ "name": "leaf", "version": "0.9.0" }')
    expect(setup(project).output).toContain(
      'node_modules/leaf is 0.9.0, package-lock.json has 1.0.0; running npm ci',
    )
  })

  it('fails with exit code 2 where package.json is ahead of the lock', () => {
    const project = copyTemplate()
    const manifest = { name: 'sample', dependencies: { leaf: 'file:leaf-1.0.0.tgz', more: '1.0.0' } }
    writeFileSync(join(project, 'package.json'), JSON.stringify(manifest))
    const { status, output } = setup(project)
    expect(output).toContain('package-lock.json does not know the dependencies of package.json')
    expect(output).toMatch(/setup: "npm ci .*" failed\./)
    expect(status).toBe(2)
  })

  it('fails with exit code 2 where REHEARSAL_POSTGRES_BIN lacks programs', () => {
    const { status, output } = setup(copyTemplate(), { REHEARSAL_POSTGRES_BIN: '/nowhere' })
    expect(output).toMatch(
      /setup: REHEARSAL_POSTGRES_BIN=\/nowhere lacks initdb, .*\nSet it to a directory with initdb/,
    )
    expect(status).toBe(2)
  })
})

/** The real scripts in a project that needs one package, `leaf`, which comes from a file, not from a registry. */
function makeTemplate(): void {
  const leaf = join(template, 'leaf')
  mkdirSync(leaf)
  writeFileSync(
    join(leaf, 'package.json'),
    '{ "name": "leaf", "version": "1.0.0", "bin": { "leaf": "leaf.js" } }',
  )
  writeFileSync(join(leaf, 'leaf.js'), '')
  const npm = (...args: string[]) => execFileSync('npm', args, { cwd: template, stdio: 'pipe' })
  npm('pack', './leaf')
  rmSync(leaf, { recursive: true })
  writeFileSync(
    join(template, 'package.json'),
    '{ "name": "sample", "dependencies": { "leaf": "file:leaf-1.0.0.tgz" } }',
  )
  npm('install', '--offline', '--no-audit')
  for (const path of ['scripts/setup.mjs', 'scripts/setup', 'harness/cluster/find-binaries.mjs'])
    cpSync(join(root, path), join(template, path), { recursive: true })
}

function copyTemplate(): string {
  const project = mkdtempSync(join(tmpdir(), 'setup-'))
  onTestFinished(() => rmSync(project, { recursive: true }))
  cpSync(template, project, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
  return project
}

function setup(project: string, env: NodeJS.ProcessEnv = {}): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/setup.mjs'], {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, npm_config_offline: 'true', ...env },
  })
  return { status, output: stdout + stderr }
}

function listTree(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((path) => {
    const { mtimeMs, size } = lstatSync(join(directory, path))
    return `${path} ${mtimeMs} ${size}`
  })
}
