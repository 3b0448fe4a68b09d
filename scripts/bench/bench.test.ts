import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startCommand } from '../../tests/support/command.ts'
import { copySlimOneRoof } from '../../tests/support/one-roof.ts'
import { OwnTemp, until } from '../../tests/support/own-temp.ts'
import { repository } from '../../tests/support/project.ts'
import { benchmarks } from './benchmarks.ts'
import { resultsSchema } from './results.ts'

const bench = (cwd: string, ...args: string[]) =>
  startCommand([join(repository, 'scripts/bench.mjs'), ...args], cwd)

/** Nothing that was started in it lives, and no directory of a run is there. */
async function expectNothingLeft(temp: OwnTemp): Promise<void> {
  await until('the end of every process', async () => (await temp.processes()).length === 0 || undefined)
  expect(await temp.runDirectories()).toEqual([])
}

describe('npm run bench', () => {
  it('measures what it is asked for, writes valid JSON, and leaves nothing behind', async () => {
    await using temp = await OwnTemp.make()
    await using project = await copySlimOneRoof()
    await project.write('reports/evidence.json', 'of a rehearsal')
    const { exitCode, output } = await bench(project.path, '--only', 'gated', '--rounds', '1').ended
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 })
    const {
      pairs,
      size,
      project: name,
    } = resultsSchema.parse(JSON.parse(await project.read('reports/bench.json')))
    expect({ size, name }).toEqual({ size: 'default', name: 'One-Roof' })
    expect(pairs.map(({ benchmark, limit }) => ({ benchmark, limit }))).toEqual([
      { benchmark: 'gated', limit: 1.1 },
    ])
    expect(pairs[0]!.a.roundsMs).toHaveLength(1)
    expect(pairs[0]!.ratio.ofMinima).toBeCloseTo(pairs[0]!.a.minMs / pairs[0]!.b.minMs)
    expect(output).toMatch(/A \/ B, limit 1\.1 ×: (kept|OVER ITS LIMIT)/)
    expect(await project.read('reports/evidence.json')).toBe('of a rehearsal')
    await expectNothingLeft(temp)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends in order when %s comes, and leaves nothing behind',
    async (signal) => {
      await using temp = await OwnTemp.make()
      await using project = await copySlimOneRoof()
      await project.write('reports/bench.json', 'of an earlier one')
      const run = bench(project.path, '--only', 'gated', '--rounds', '1000')
      await run.untilPrinted('round 1 of 1000')
      run.kill(signal)
      const { exitCode, output } = await run.ended
      expect({ exitCode, output }).toMatchObject({
        exitCode: 2,
        output: expect.stringContaining(`by ${signal}`),
      })
      await expect(project.read('reports/bench.json')).rejects.toThrow('ENOENT')
      await expectNothingLeft(temp)
    },
  )

  it('says what is wrong where there is no rehearsal to measure', async () => {
    await using temp = await OwnTemp.make()
    const { exitCode, output } = await bench(temp.path).ended
    expect({ exitCode, output }).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining('there is no rehearsal.config.ts'),
    })
  })
})

describe('options of npm run bench', () => {
  it.each([
    [
      ['--only', 'gated,speed'],
      'There is no benchmark "speed"; there are: fingerprint, compare, tier, gated',
    ],
    [['--rounds', '0'], '"0" is not a number of rounds from 1 to 1000'],
    [['--rounds', '2.5'], '"2.5" is not a number of rounds from 1 to 1000'],
    [['--fast'], "unknown option '--fast'"],
    [['gated'], 'too many arguments'],
  ])('%j: are refused, and it is said why', async (args, message) => {
    const { exitCode, output } = await bench(repository, ...args).ended
    expect({ exitCode, output }).toMatchObject({ exitCode: 2, output: expect.stringContaining(message) })
  })

  it('name every benchmark in their help', async () => {
    const { exitCode, output } = await bench(repository, '--help').ended
    expect(exitCode).toBe(0)
    expect(output.replaceAll(/\s+/g, ' ')).toContain(benchmarks.map(({ id }) => id).join(', '))
  })
})
