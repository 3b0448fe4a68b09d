import { describe, expect, it } from 'vitest'
import { OwnTemp } from '../support/own-temp.ts'
import { copySmallProject } from '../support/project.ts'

describe('a spec file that breaks its worker', () => {
  it('makes it unknown by a kill, which is told with every file and act that came to nothing by it', async () => {
    await using temp = await OwnTemp.make()
    await using project = await copySmallProject()
    await project.write('specs/tiers/t1-structure.spec.ts', endingBy("process.kill(process.pid, 'SIGKILL')"))
    const { exitCode, evidence } = await project.rehearse()
    expect({ exitCode, verdict: evidence.verdict }).toEqual({ exitCode: 2, verdict: 'unknown' })
    expect(evidence.reasons).toContainEqual(expect.stringContaining('Worker exited unexpectedly'))
    expect(evidence.reasons).toContain(
      'a collected test vanished: specs/tiers/t1-structure.spec.ts T1 structure > ends',
    )
    for (const file of [
      'tiers/t2-seed',
      'second-run/second-run',
      'rollback/1-first',
      'isolation/production',
    ]) {
      expect(evidence.reasons).toContain(`specs/${file}.spec.ts defines no test`)
    }
    expect(evidence.reasons).toContain('T2 has no spec that passed')
    expect(evidence.tests.filter(({ status }) => status !== 'passed')).toEqual([])
    expect(await temp.processes()).toEqual([])
    expect(await temp.runDirectories()).toEqual([])
  })

  it('fails by process.exit, and the other tests run', async () => {
    await using project = await copySmallProject()
    await project.write('specs/tiers/t1-structure.spec.ts', endingBy('process.exit(0)'))
    const { exitCode, evidence } = await project.rehearse('specs/tiers')
    expect({ exitCode, verdict: evidence.verdict }).toEqual({ exitCode: 1, verdict: 'fail' })
    expect(evidence.reasons[0]).toBe('T1 structure > ends: process.exit unexpectedly called with "0"')
    expect(evidence.tests.map(({ status, name }) => `${status} ${name}`)).toEqual([
      'passed T0 preflight > is performed, and the harness finds no problem',
      'passed T0 preflight > changes nothing',
      'passed T1 structure > is performed, and the harness finds no problem',
      'failed T1 structure > ends',
      'passed T2 seed > is performed, and the harness finds no problem',
      'passed T2 seed > gives every branch a policy',
    ])
  })
})

function endingBy(statement: string): string {
  return `import { tier } from '../words.ts'
tier('T1', 'structure', (it) => {
  it('ends', ({ expect, after }) => {
    ${statement}
    expect(after).toMeasure({ missing: 5 })
  })
})
`
}
