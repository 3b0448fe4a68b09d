import { spawn } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { evidenceSchema } from '../../harness/evidence/schema.ts'
import { repository } from '../support/project.ts'
import { fenceOf, readPages } from './markdown.ts'

const page = (await readPages(repository)).find(({ path }) => path === 'docs/writing-specs.md')!

it('rehearses a copy of the small release by the lines of the document', async () => {
  await using checkout = await copyCheckout()
  const { exitCode, output } = await runShell(fenceOf(page, 'copy'), checkout.path)
  expect({ exitCode, last: output.trimEnd().split('\n').at(-1) }).toEqual({
    exitCode: 0,
    last: expect.stringMatching(/^PASS {2}Lending library: /),
  })
  const evidence: unknown = JSON.parse(
    await readFile(join(checkout.path, 'my-release/reports/evidence.json'), 'utf8'),
  )
  expect(evidenceSchema.parse(evidence).verdict).toBe('pass')
  // npx would take a directory with node_modules for a project, and look for the command there.
  const own = await readdir(join(checkout.path, 'my-release'))
  expect(own.sort()).toEqual(['rehearsal.config.ts', 'reports', 'specs', 'sql', 'vitest.config.ts'])
})

/** A checkout in which files can be made: what is only read is linked. */
async function copyCheckout(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'rehearsed-checkout-'))
  for (const name of ['bin', 'dist', 'harness', 'node_modules', 'package.json', 'tsconfig.json']) {
    await symlink(join(repository, name), join(path, name))
  }
  for (const name of ['rehearsal.config.ts', 'vitest.config.ts', 'specs', 'sql']) {
    await cp(join(repository, 'tests/small', name), join(path, 'tests/small', name), { recursive: true })
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

async function runShell(lines: string, cwd: string): Promise<{ exitCode: number | null; output: string }> {
  const child = spawn('sh', ['-e'], { cwd, stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  child.stdin.end(lines)
  const output = await text(child.stdout)
  return { exitCode: await ended, output }
}
