import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

const parts = [
  'package.json',
  'README.md',
  'LICENSE',
  'tsconfig.json',
  'tsconfig.package.json',
  'bin',
  'docs',
  'harness',
  'scripts',
]

/**
 * Packs a copy of the repository into the directory, and returns the tarball's path: `npm pack` changes package.json
 * while it works, which others may be reading.
 */
export function packCopy(root: string, directory: string): string {
  const copy = join(directory, 'repository')
  mkdirSync(copy)
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  execFileSync('npm', ['pack', '--silent', '--pack-destination', directory], {
    cwd: copy,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [tarball] = readdirSync(directory).filter((name) => name.endsWith('.tgz'))
  if (tarball === undefined) throw new Error('npm pack made no tarball')
  return join(directory, tarball)
}
