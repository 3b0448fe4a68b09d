import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const project = join(mkdtempSync(join(tmpdir(), 'planted-')), 'project')
afterAll(() => rmSync(dirname(project), { recursive: true }))

const planted: Record<string, string> = {
  'harness/planted-types.ts': `export const figure: number = 'no number'\n`,
  'scripts/planted-types.mjs': `/** @type {number} */\nexport const figure = 'no number'\n`,
  'harness/planted-lint.ts': `import type { Client } from 'pg'

export function leak(client: Client): any {
  client.query('SELECT 1')
}

export default leak
`,
  'harness/planted-lint.test.ts': `import { expect, it } from 'vitest'

it('awaits nothing', () => {
  expect(Promise.reject(new Error('no'))).rejects.toThrow('no')
  expect(1)
})

it.only('runs alone', () => expect(1).toBe(1))
it.skip('does not run', () => expect(1).toBe(1))
`,
  'harness/planted-format.ts': `export const text = "double";\n`,
  'harness/planted-dead.ts': `export const nobody = 1\n`,
  'sql/release/planted.sql': `-- Planted: a statement that is not PostgreSQL's.\nSELEC 1;\n`,
}

describe('each static check, run on the project with faults planted in it', { timeout: 120_000 }, () => {
  beforeAll(makeProject)

  it('check:types finds a wrong type in TypeScript', () => {
    expect(red('check:types')).toContain(
      "harness/planted-types.ts(1,14): error TS2322: Type 'string' is not assignable",
    )
  })

  it('check:types finds a wrong type in plain JavaScript', () => {
    rmSync(join(project, 'harness/planted-types.ts'))
    const { output } = npm('exec', '--', 'tsc', '--project', 'scripts')
    expect(output).toMatch(/planted-types\.mjs\(2,14\): error TS2322/)
    expect(readFileSync(join(root, 'package.json'), 'utf8')).toContain(
      '"check:types": "tsc --noEmit && tsc --project scripts"',
    )
  })

  it('check:lint finds the un-awaited query and rejects, any, the default export, and tests that are not run', () => {
    const output = red('check:lint')
    for (const [rule, place] of [
      ['typescript(no-floating-promises)', 'planted-lint.ts:4:'],
      ['typescript(no-explicit-any)', 'planted-lint.ts:3:'],
      ['import(no-default-export)', 'planted-lint.ts:7:'],
      ['vitest(valid-expect)', 'planted-lint.test.ts:4:'],
      ['vitest(valid-expect)', 'planted-lint.test.ts:5:'],
      ['vitest(no-focused-tests)', 'planted-lint.test.ts:8:'],
      ['vitest(no-disabled-tests)', 'planted-lint.test.ts:9:'],
    ] as const)
      expect(faultsOfLint(output)).toContainEqual([rule, expect.stringContaining(place)])
  })

  it('check:format finds a file that prettier would write otherwise', () => {
    expect(red('check:format')).toContain('[warn] harness/planted-format.ts')
  })

  it('check:dead finds a file that nobody imports, and a dependency that nobody uses', () => {
    const output = red('check:dead')
    expect(output).toMatch(/^harness\/planted-dead\.ts\s*$/m)
    expect(output).toMatch(/^planted-dependency +package\.json/m)
  })

  it('check:sql finds a statement that PostgreSQL cannot parse', () => {
    expect(red('check:sql')).toContain(
      'sql/release/planted.sql:2: PostgreSQL cannot parse this: syntax error at or near "SELEC"',
    )
  })
})

function makeProject(): void {
  // What is sound gives no fault, and its tests are not needed to find those that are planted.
  const skipped =
    /^(node_modules|reports|\.git|coverage|dist|tests|docs)(\/|$)|\/(node_modules|reports)(\/|$)|\.test\.m?ts$/
  cpSync(root, project, { recursive: true, filter: (path) => !skipped.test(relative(root, path)) })
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'))
  for (const [path, text] of Object.entries(planted)) {
    mkdirSync(dirname(join(project, path)), { recursive: true })
    writeFileSync(join(project, path), text)
  }
  const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
  manifest.dependencies['planted-dependency'] = '1.0.0'
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest, null, 2))
}

/** The output of a check, which has to fail. */
function red(script: string): string {
  const { status, output } = npm('run', '--silent', script)
  expect(status).toBeGreaterThan(0)
  return output
}

function npm(...args: string[]): { status: number | null; output: string } {
  const env = { ...process.env, NO_COLOR: '1' }
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd: project,
    encoding: 'utf8',
    env,
    maxBuffer: 2 ** 26,
  })
  // oxlint colours under CI, whatever NO_COLOR says.
  return { status, output: stripVTControlCharacters(stdout + stderr) }
}

/** Rule and place of each fault that oxlint tells. */
function faultsOfLint(output: string): [string, string][] {
  const faults = output.matchAll(/^ {2}[x×] (\S+\(\S+\)): [\s\S]*?[[╭,][-─]*\[([^\]]+)\]/gm)
  return [...faults].map(([, rule = '', place = '']) => [rule, place])
}
