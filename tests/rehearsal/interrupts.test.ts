import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Command } from '../support/command.ts'
import { OwnTemp } from '../support/own-temp.ts'
import { copySmallProject, type Project } from '../support/project.ts'

interface Moment {
  readonly moment: string
  readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'
  /** As a terminal does it; else the run alone gets the signal. */
  readonly toGroup: boolean
  /** Makes a step of the copied project long. */
  readonly lengthen: (project: Project) => Promise<void>
  readonly untilThere: (run: Command, temp: OwnTemp) => Promise<unknown>
}

const sleep = 'SELECT pg_sleep(600);'
const slowClone = `
CREATE FUNCTION is_quick() RETURNS boolean LANGUAGE sql
  AS $$ SELECT current_database() <> 'library_rehearsal' OR pg_sleep(600) IS NOT NULL $$;
ALTER TABLE books ADD CONSTRAINT books_quick_ck CHECK (public.is_quick());
`
/** The golden clone is a day older: there the station's proposal is another. */
const slowUnlessGolden = `SELECT pg_sleep(600) FROM policy_proposals WHERE branch_code = 'station' AND loan_days = 7;`
const slowSpec = `import { act, sql } from '../words.ts'
act('clone', 'clone', (it) => {
  it('is queried for long', async ({ expect, clone }) => {
    console.log('the query starts')
    expect(await clone.query(sql\`SELECT pg_sleep(600)\`)).toHaveLength(1)
  })
})
`

const moments: readonly Moment[] = [
  {
    moment: 'while production is made',
    signal: 'SIGINT',
    toGroup: true,
    lengthen: (project) => append(project, 'sql/production/make.sql', sleep),
    untilThere: (_, temp) => temp.untilThereIs(/psql .*-f make\.sql/),
  },
  {
    moment: 'while the golden clone is made by the release',
    signal: 'SIGHUP',
    toGroup: false,
    lengthen: (project) => append(project, 'sql/release/t2_seed.sql', sleep),
    untilThere: (_, temp) => temp.untilThereIs(/psql .*-f run_all\.sql/),
  },
  {
    moment: 'while pg_dump streams to psql',
    signal: 'SIGTERM',
    toGroup: false,
    lengthen: (project) => append(project, 'sql/production/make.sql', slowClone),
    untilThere: (_, temp) => temp.untilThereIs(/psql .*-o \/dev\/null/),
  },
  {
    moment: 'while a tier runs',
    signal: 'SIGINT',
    toGroup: false,
    lengthen: (project) => append(project, 'sql/release/t1_structure.sql', slowUnlessGolden),
    untilThere: (run) => run.untilPrinted('✓ T0'),
  },
  {
    moment: 'while a spec queries the clone',
    signal: 'SIGHUP',
    toGroup: true,
    lengthen: (project) => project.write('specs/clone/slow.spec.ts', slowSpec),
    untilThere: (run) => run.untilPrinted('the query starts'),
  },
]

describe('an interrupted run', () => {
  for (const { moment, signal, toGroup, lengthen, untilThere } of moments) {
    const whom = toGroup ? 'its whole group' : 'itself'
    it(`ends in order when ${signal} comes to ${whom} ${moment}`, async () => {
      await using temp = await OwnTemp.make()
      await using project = await copySmallProject()
      await lengthen(project)

      const run = project.start('run')
      await untilThere(run, temp)
      process.kill(toGroup ? -run.pid : run.pid, signal)

      const { exitCode, output } = await run.ended
      const { verdict, reasons } = await project.evidence()
      expect({ exitCode, verdict, first: reasons[0] }).toEqual({
        exitCode: 2,
        verdict: 'unknown',
        first: `interrupted by ${signal}`,
      })
      expect(output.trimEnd().split('\n').at(-1)).toContain(
        `UNKNOWN  Lending library: interrupted by ${signal}`,
      )
      expect(await project.read('reports/junit.xml')).toMatch(/<error [^>]*interrupted by SIG/)
      expect(await temp.processes()).toEqual([])
      expect(await temp.runDirectories()).toEqual([])
    })
  }

  it('ends at once at a second signal, says that it could not tell, and leaves the rest to the next run', async () => {
    await using temp = await OwnTemp.make()
    await using project = await copySmallProject()
    await project.write('specs/clone/endless.spec.ts', endlessSpec)
    const run = project.start('run')
    await run.untilPrinted('the spec hangs')
    run.kill('SIGTERM')
    run.kill('SIGINT')

    expect(await run.ended).toMatchObject({ exitCode: 2, signal: null })
    expect(await project.evidence()).toMatchObject({ verdict: 'unknown' })
    await temp.untilNobodyIsLeft()
    const [left] = await temp.runDirectories()
    expect(left).toMatch(/dress-rehearsal-/)

    const next = await project.rehearse('baseline')
    expect(next.output).toContain('removed what a killed run had left behind')
    expect(await temp.runDirectories()).toEqual([])
  })

  it('ends a worker that does not stop by itself', async () => {
    await using temp = await OwnTemp.make()
    await using project = await copySmallProject()
    await project.write('specs/clone/endless.spec.ts', endlessSpec)
    const run = project.start('run')
    await run.untilPrinted('the spec hangs')
    run.kill('SIGINT')

    expect((await run.ended).exitCode).toBe(2)
    expect((await project.evidence()).reasons[0]).toBe('interrupted by SIGINT')
    expect(await temp.processes()).toEqual([])
    expect(await temp.runDirectories()).toEqual([])
  })
})

const endlessSpec = `import { writeSync } from 'node:fs'
import { act } from '../words.ts'
act('clone', 'clone', (it) => {
  it('never ends', () => {
    writeSync(2, 'the spec hangs')
    for (;;) { /* and hears of nothing */ }
  })
})
`

async function append(project: Project, file: string, text: string): Promise<void> {
  await project.write(file, `${await readFile(join(project.path, file), 'utf8')}\n${text}\n`)
}
