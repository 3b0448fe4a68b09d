import { describe, expect, it } from 'vitest'
import { OwnTemp, until } from '../support/own-temp.ts'
import { copySmallProject, type Project } from '../support/project.ts'

const waitingSpec = `import { tier, sql } from '../words.ts'
tier('T1', 'structure', (it) => {
  it('is looked at for long', async ({ expect, clone }) => {
    console.log('psql waits at its gate')
    expect(await clone.query(sql\`SELECT pg_sleep(600)\`)).toHaveLength(1)
  })
})
`

describe('a run that is killed outright', () => {
  it('leaves a verdict of unknown, and is swept by clean and by the next run, which leave living runs alone', async () => {
    await using temp = await OwnTemp.make()
    await using project = await copySmallProject()
    await using other = await copySmallProject()

    const killed = await startWaiting(project)
    const [directory] = await temp.runDirectories()
    const living = await startWaiting(other)
    const livingDirectory = (await temp.runDirectories()).find((path) => path !== directory)!
    killed.kill('SIGKILL')
    await killed.ended

    const { verdict, reasons } = await project.evidence()
    expect({ verdict, reason: reasons[0] }).toEqual({
      verdict: 'unknown',
      reason: 'the run did not finish',
    })
    expect(await project.read('reports/junit.xml')).toMatch(/<error [^>]*the run did not finish/)
    expect(await project.read('reports/rehearsal.md')).toContain('UNKNOWN')

    // psql and the worker end by themselves; the servers stay.
    await until('the end of psql and the worker', async () => {
      const left = await processesOf(temp, project, directory!)
      return left.length > 0 && left.every((command) => /postgres/.test(command)) ? true : undefined
    })
    const clean = await project.start('clean').ended
    expect(clean).toMatchObject({ exitCode: 0, output: `removed ${directory}\n` })
    expect(await temp.runDirectories()).toEqual([livingDirectory])
    expect(await processesOf(temp, project, directory!)).toEqual([])
    // Of production, of golden and of the clone.
    const postmasters = new RegExp(`^\\S*postgres -D ${livingDirectory}`)
    const servers = (await temp.processes()).filter(({ command }) => postmasters.test(command))
    expect(servers).toHaveLength(3)

    living.kill('SIGKILL')
    await living.ended
    const next = await project.rehearse('specs/baseline')
    expect(next.output.replace(/\s+/g, ' ')).toContain(
      `removed what a killed run had left behind: ${livingDirectory}`,
    )
    expect(next.evidence.tests.map(({ status }) => status)).toEqual(['passed', 'passed'])
    expect(await temp.runDirectories()).toEqual([])
    await temp.untilNobodyIsLeft()
  })
})

async function startWaiting(project: Project) {
  await project.write('specs/tiers/t1-structure.spec.ts', waitingSpec)
  const run = project.start('run')
  await run.untilPrinted('psql waits at its gate')
  return run
}

/** Commands that live of one project's run. */
async function processesOf(temp: OwnTemp, project: Project, runDirectory: string): Promise<string[]> {
  return (await temp.processes([project.path, runDirectory])).map(({ command }) => command)
}
