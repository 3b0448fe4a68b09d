import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { copySmallProject, repository } from '../support/project.ts'

it.for(['stdout', 'stderr', 'both'] as const)(
  'comes to its verdict though nobody reads what it prints any more (%s closed)',
  async (closed) => {
    await using project = await copySmallProject()
    const run = start(project.path)
    await once(run.stdout!, 'data')
    if (closed !== 'stderr') run.stdout!.destroy()
    if (closed !== 'stdout') run.stderr!.destroy()
    const [exitCode] = (await once(run, 'exit')) as [number | null]
    const { reasons, tests } = await project.evidence()
    expect({ exitCode, reasons, tests: tests.map(({ status }) => status) }).toEqual({
      exitCode: 2,
      reasons: ['only some of the specs were requested: specs/baseline'],
      tests: ['passed', 'passed'],
    })
  },
)

function start(cwd: string): ChildProcess {
  const args = [join(repository, 'bin/rehearse.mjs'), 'run', 'specs/baseline']
  const run = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void run.kill('SIGKILL'))
  run.stderr.resume()
  return run
}
