import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile } from '../../bin/compile.mjs'

let directory: string | undefined

/** Vitest's global setup: the package that configurations import is compiled, and prepared clusters of the tests are kept in a cache of their own, for this run only. */
export async function setup(): Promise<void> {
  compile()
  directory = await mkdtemp(join(tmpdir(), 'rehearsed-cache-'))
  process.env['REHEARSAL_CACHE'] = directory
}

export async function teardown(): Promise<void> {
  if (directory !== undefined) await rm(directory, { recursive: true, force: true })
}
