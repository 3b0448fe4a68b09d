import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { OwnTemp } from '../support/own-temp.ts'
import { copySmallProject } from '../support/project.ts'

describe('the clone', () => {
  it('is kept by --keep always, with a line to get in by, which leaves the verdict open; clean removes it', async () => {
    await using temp = await OwnTemp.make()
    await using project = await copySmallProject()
    const { exitCode, output, evidence } = await project.rehearse('--keep', 'always')
    expect({ exitCode, verdict: evidence.verdict, reasons: evidence.reasons }).toEqual({
      exitCode: 2,
      verdict: 'unknown',
      reasons: ['the clone was kept, so its removal was not shown'],
    })
    expect(evidence.tests.map(({ status }) => status)).not.toContain('failed')

    expect(output).toContain('the clone is kept as gate-revoke left it')
    const line = commandOf(output)
    expect(await query(line, 'SELECT current_database(), current_user, count(*) FROM books')).toBe(
      'library_rehearsal|librarian|1000',
    )
    const [directory] = await temp.runDirectories()
    expect(((await stat(join(directory!, 'pgpass'))).mode & 0o777).toString(8)).toBe('600')
    await expect(stat(join(directory!, 'production'))).rejects.toMatchObject({ code: 'ENOENT' })

    // A later run leaves it alone.
    await project.rehearse('specs/baseline')
    expect(await temp.runDirectories()).toEqual([directory])
    expect(await project.start('clean').ended).toMatchObject({
      exitCode: 0,
      output: `removed ${directory}\n`,
    })
    expect(await temp.runDirectories()).toEqual([])
    expect(await temp.processes()).toEqual([])
    expect(await project.start('clean').ended).toMatchObject({ exitCode: 0, output: 'nothing to remove\n' })
  })

  it('is kept by --keep on-failure where it failed, with what the tier left, and the failure stands', async () => {
    await using temp = await OwnTemp.make()
    await using project = await copySmallProject()
    await project.edit('specs/tiers/t2-seed.spec.ts', '{ policies: 5,', '{ policies: 6,')
    const { exitCode, output, evidence } = await project.rehearse('--keep', 'on-failure', 'tiers/t2')
    expect({ exitCode, verdict: evidence.verdict }).toEqual({ exitCode: 1, verdict: 'fail' })
    expect(evidence.reasons[0]).toContain('after T2: measure "policies" is 5, expected 6')
    expect(evidence.reasons).toContain('the clone was kept, so its removal was not shown')
    expect(output).toContain('the clone is kept as T2 left it')
    expect(await query(commandOf(output), 'SELECT count(*) FROM axis_terms')).toBe('5')
    expect((await project.start('clean').ended).exitCode).toBe(0)
    expect(await temp.processes()).toEqual([])
  })
})

/** The line that was printed to be copied. */
function commandOf(output: string): string {
  const line = output.split('\n').find((text) => text.startsWith('  PGPASSFILE='))
  if (line === undefined) throw new Error(`no psql line was printed, but:\n${output}`)
  return line.trim()
}

async function query(command: string, sql: string): Promise<string> {
  const { stdout } = await promisify(execFile)('sh', ['-c', `${command} -XAtc ${JSON.stringify(sql)}`])
  return stdout.trim()
}
