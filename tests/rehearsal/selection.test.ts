import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { startCommand } from '../support/command.ts'
import { OwnTemp } from '../support/own-temp.ts'
import { copySmallProject, repository } from '../support/project.ts'
import type { Evidence } from '../../harness/evidence/schema.ts'

const upToT1 = ['baseline', 'clone', 'escape-attempts', 'variant', 'gate', 'T0', 'T1']

describe('a part of the specs', () => {
  it('is rehearsed with the steps before it, by a pattern that no shell has expanded, and gives no verdict', async () => {
    await using project = await copySmallProject()
    const { exitCode, output, evidence } = await project.rehearse('specs/tiers/t2*')
    expect(output.replace(/\s+/g, ' ')).toContain(
      'only specs/tiers/t2*; its prerequisites are performed first',
    )
    expect(output).toMatch(/✓ clone .*✓ T0 .*✓ T1 .*✓ T2 /s)
    expect(performed(evidence)).toEqual([...upToT1, 'T2'])
    expect(outcomes(evidence)).toEqual([
      'passed T2 seed > is performed, and the harness finds no problem',
      'passed T2 seed > gives every branch a policy',
    ])
    expect({ exitCode, verdict: evidence.verdict, reasons: evidence.reasons }).toEqual({
      exitCode: 2,
      verdict: 'unknown',
      reasons: ['only some of the specs were requested: specs/tiers/t2*'],
    })
    expect(await project.read('reports/junit.xml')).toContain('only some of the specs were requested')
  })

  it('starts no act for files of which no test is selected', async () => {
    await using project = await copySmallProject()
    const files = ['specs/tiers/t2-seed.spec.ts', 'specs/tiers/t1-structure.spec.ts']
    const { exitCode, evidence } = await project.rehearse(...files, '-t', 'one table')
    expect(performed(evidence)).toEqual(upToT1)
    expect(outcomes(evidence).filter((outcome) => !outcome.startsWith('skipped'))).toEqual([
      'passed T1 structure > makes one table and one view',
    ])
    expect({ exitCode, verdict: evidence.verdict, reasons: evidence.reasons }).toEqual({
      exitCode: 2,
      verdict: 'unknown',
      reasons: [`only some of the specs were requested: ${files.join(' ')} -t "one table"`],
    })
  })

  it.for([
    [['-t', 'no such test'], 'no test has a name that matches -t no such test'],
    [['tiers/t7'], 'no spec file matches tiers/t7'],
    [['-t', '('], '-t ( is not a regular expression'],
  ] as const)('can not be told, and starts no act, where %j is asked for', async ([args, reason]) => {
    await using project = await copySmallProject()
    const { exitCode, evidence, output } = await project.rehearse(...args)
    expect({ exitCode, verdict: evidence.verdict }).toEqual({ exitCode: 2, verdict: 'unknown' })
    expect(evidence.reasons[0]?.split('\n')[0]).toBe(reason)
    expect(output).toContain(reason)
    expect(performed(evidence)).toEqual([])
  })
})

describe('what would show nothing', () => {
  it.for([
    ['--shard=1/2', 'acts and tiers build on each other in one database'],
    ['--shard 1/2', 'acts and tiers build on each other in one database'],
    ['--retry=2', 'a test that passes only when retried proves nothing'],
    ['--retry 2', 'a test that passes only when retried proves nothing'],
  ] as const)('is refused with the reason: %s', async ([option, reason]) => {
    await using project = await copySmallProject()
    const { exitCode, output } = await project.start('run', ...option.split(' ')).ended
    expect({ exitCode, output }).toEqual({ exitCode: 2, output: expect.stringContaining(reason) })
    expect(await readdir(project.path)).not.toContain('reports')
  })

  it('is refused in vitest.config.ts, too, setting by setting', async () => {
    await using temp = await OwnTemp.make()
    await using project = await copySmallProject()
    await project.edit(
      'vitest.config.ts',
      'test: rehearsalTests',
      "test: { ...rehearsalTests, retry: 2, isolate: true, pool: 'threads', sequence: { shuffle: true } }",
    )
    const { exitCode, evidence } = await project.rehearse()
    expect({ exitCode, verdict: evidence.verdict }).toEqual({ exitCode: 2, verdict: 'unknown' })
    expect(evidence.reasons[0]).toMatch(/vitest\.config\.ts sets .*retry: .*pool: .*isolate: .*shuffle: /s)
    expect(evidence.tests).toEqual([])
    expect(await temp.runDirectories()).toEqual([])
  })

  it('is what Vitest alone shows: every test fails, and says which command to run', async () => {
    await using project = await copySmallProject()
    const vitest = startCommand(
      [`${repository}node_modules/vitest/vitest.mjs`, 'run', '--no-color'],
      project.path,
    )
    const { exitCode, output } = await vitest.ended
    expect(exitCode).toBe(1)
    expect(output).toMatch(/Tests {2}(\d+) failed \(\1\)/)
    expect(output).toContain('run npx rehearse run <files>')
  })
})

function performed({ acts, tiers }: Evidence): string[] {
  const ids = [...acts, ...tiers].filter(({ status }) => status === 'performed').map(({ id }) => id)
  return ids.sort((one, other) => order.indexOf(one) - order.indexOf(other))
}

const order = [...upToT1, 'T2']

function outcomes({ tests }: Evidence): string[] {
  return tests.map(({ status, name }) => `${status} ${name}`)
}
