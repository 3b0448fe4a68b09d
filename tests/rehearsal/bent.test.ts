import { expect, describe, it } from 'vitest'
import { listSpecs } from '../../harness/vitest/spec-order.ts'
import { copySmallProject } from '../support/project.ts'
import { failureOf } from '../support/read-evidence.ts'
import { OpenRehearsal } from '../support/stage.ts'

describe('a spec that bends what a pass is', () => {
  it('gives no verdict by an option of Vitest, and fails where it caught its own failure', async () => {
    await using project = await copySmallProject()
    const bent = (name: string, option: string, figure: number) => `
  describe('${name}', { ${option} }, () => {
    it('is bent', ({ expect, after }) => {
      expect(after).toMeasure({ branches: ${figure} })
    })
  })`
    await project.write(
      'specs/baseline/bent.spec.ts',
      `import { describe } from 'vitest'
import { act } from '../words.ts'

act('baseline', 'bent', (it) => {${bent('failing', 'fails: true', 77)}${bent('again', 'retry: 3', 5)}
  it('catches', ({ expect, after }) => {
    try {
      expect(after).toMeasure({ branches: 77 })
    } catch {}
  })
})
`,
    )
    const { exitCode, evidence } = await project.rehearse('specs/baseline')
    const file = 'specs/baseline/bent.spec.ts: baseline bent'
    expect(evidence.reasons).toEqual([
      'baseline bent > catches: after baseline: measure "branches" is 5, expected 77',
      `${file} > failing > is bent: it is expected to fail ("fails"), so its pass shows the opposite`,
      `${file} > again > is bent: it is retried when it fails ("retry")`,
      'only some of the specs were requested: specs/baseline',
    ])
    expect(failureOf(evidence, 'catches')).toContain('measure "branches" is 5, expected 77')
    expect(exitCode).toBe(1)
  })

  it.each(['t2-more.spec.mts', 't2-more.test.ts', 't2-more.specs.ts', 't2-more.Spec.ts'])(
    'is refused where it would never run: %s',
    async (name) => {
      await using project = await copySmallProject()
      await project.write(`specs/tiers/${name}`, '')
      await expect(listSpecs(project.path)).rejects.toMatchObject({
        code: 'SPEC_INVALID',
        message: `specs/tiers/${name} looks like a spec, and would never run`,
      })
    },
  )
})

describe('a vitest.config.ts that bends what a pass is', () => {
  it.each([
    [
      ['setupFiles', 'onUnhandledError', 'globalSetup', 'alias'],
      `setupFiles: ['./setup.ts'], onUnhandledError: () => false, globalSetup: ['./setup.ts'],
        alias: { 'dress-rehearsal': './setup.ts' }`,
    ],
    [['projects'], "projects: [{ extends: true, test: { name: 'one', retry: 3 } }]"],
  ])('is refused for each setting: %j', async (names, settings) => {
    await using project = await copySmallProject()
    await project.write('setup.ts', '')
    await project.edit('vitest.config.ts', 'test: rehearsalTests', `test: { ...rehearsalTests, ${settings} }`)
    const { exitCode, evidence } = await project.rehearse()
    expect(exitCode).toBe(2)
    const told = evidence.reasons[0]!.split('\n').slice(1)
    for (const name of names) expect(told).toContainEqual(expect.stringContaining(`  ${name}: `))
    expect(evidence.tests).toEqual([])
  })

  it('or ends the process is no pass', async () => {
    await using project = await copySmallProject()
    await project.edit('rehearsal.config.ts', 'export default', 'process.exit(0)\nexport default')
    const { exitCode, evidence } = await project.rehearse()
    expect({ exitCode, verdict: evidence.verdict }).toEqual({ exitCode: 2, verdict: 'unknown' })
  })
})

describe('a release that bends what it shows', () => {
  it('is refused where its script does not turn ON_ERROR_STOP on', async () => {
    await using project = await copySmallProject()
    await project.edit('sql/release/run_all.sql', '\\set ON_ERROR_STOP on\n', '')
    await expect(OpenRehearsal.open(project)).rejects.toThrow('the script does not stop on errors')
  })

  it('is refused where it turns ON_ERROR_STOP off', async () => {
    await using project = await copySmallProject()
    const off = '\nCOMMIT;\n\\set ON_ERROR_STOP off\nSELECT 1/0;\n'
    await project.edit('sql/release/t2_seed.sql', '\nCOMMIT;\n', off)
    await expect(OpenRehearsal.open(project)).rejects.toThrow('the release turns ON_ERROR_STOP off')
  })
})
