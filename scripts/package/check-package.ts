import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packCopy } from './pack-copy.ts'

/** Packs the package and lets publint and attw judge it; throws where one of them finds anything. */
export function checkPackage(root: string): void {
  const directory = mkdtempSync(join(tmpdir(), 'checked-package-'))
  try {
    judgePackage(root, packCopy(root, directory))
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Prints what publint and attw say of a tarball; throws where one of them finds anything. */
export function judgePackage(root: string, tarball: string): void {
  const run = (program: string, ...args: string[]) =>
    execFileSync(join(root, 'node_modules/.bin', program), args, { stdio: 'inherit' })
  run('publint', 'run', tarball, '--strict')
  run('attw', tarball, '--profile', 'esm-only', '--no-emoji')
}
