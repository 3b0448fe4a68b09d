import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { publishedManifest, type Manifest } from './published-manifest.ts'

const compiled = 'dist'
/** While the package is packed, the repository's own files of these names are kept here. */
const kept = '.unpacked'
const replaced = ['package.json', 'README.md']

/**
 * Compiles the harness into dist/, and replaces package.json and README.md by those of the package: the repository's
 * own name its sources. `npm pack` reads them after this.
 */
export function makePackage(root: string): void {
  restoreRepository(root)
  try {
    compile(root)
    mkdirSync(join(root, kept))
    for (const name of replaced) renameSync(join(root, name), join(root, kept, name))
    const manifest = JSON.parse(readFileSync(join(root, kept, 'package.json'), 'utf8')) as Manifest
    writeFileSync(
      join(root, 'package.json'),
      `${JSON.stringify(publishedManifest(manifest), undefined, 2)}\n`,
    )
    writeFileSync(join(root, 'README.md'), readGuide(root))
  } catch (error) {
    restoreRepository(root)
    throw error
  }
}

/** Takes back what {@link makePackage} did; nothing where it did nothing. */
export function restoreRepository(root: string): void {
  for (const name of replaced) {
    if (existsSync(join(root, kept, name))) renameSync(join(root, kept, name), join(root, name))
  }
  for (const folder of [kept, compiled]) rmSync(join(root, folder), { recursive: true, force: true })
}

function compile(root: string): void {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  execFileSync(process.execPath, [tsc, '--project', 'tsconfig.package.json'], { cwd: root, stdio: 'inherit' })
  // What is JavaScript in the repository, with its declarations, is the same in the package.
  cpSync(join(root, 'harness'), join(root, compiled), {
    recursive: true,
    filter: (path) => !/\.\w+$/.test(path) || /\.(mjs|cjs|d\.mts)$/.test(path),
  })
}

/** The package's README is the guide for its users, whose links start in docs/. */
function readGuide(root: string): string {
  const guide = readFileSync(join(root, 'docs/own-project.md'), 'utf8')
  return guide.replace(/\]\((?!\w+:)/g, '](docs/')
}
