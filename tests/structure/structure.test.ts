import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { expect, it } from 'vitest'
import { repository } from '../support/project.ts'
import { allowedImports } from './allowed-imports.ts'

const listed = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', 'harness', 'bin'],
  {
    cwd: repository,
    encoding: 'utf8',
  },
)
const published = listed.split('\n').filter((file) => /(?<!\.test|\.d)\.(ts|mts|mjs|cjs)$/.test(file))
const texts = new Map<string, string>()
for (const file of published) {
  const text = await readFile(join(repository, file), 'utf8').catch(() => undefined)
  if (text !== undefined) texts.set(file, text)
}
const modules = [...texts.keys()].filter((file) => file.startsWith('harness/'))
const imported = new Map(
  modules.map((file) => [
    file,
    [...texts.get(file)!.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)]
      .map(([, path]) => posix.join(posix.dirname(file), path!))
      .filter((path) => texts.has(path) && path !== file),
  ]),
)

const folderOf = (file: string): string => file.split('/').slice(1, -1)[0] ?? posix.basename(file)

it('imports go between folders only as allowed, and only to what stands above in the list', () => {
  const folders = Object.keys(allowedImports)
  for (const [folder, others] of Object.entries(allowedImports))
    for (const other of others) expect(folders.indexOf(other)).toBeLessThan(folders.indexOf(folder))
  const wrong = [...imported].flatMap(([file, paths]) =>
    paths
      .filter((path) => {
        const [from, to] = [folderOf(file), folderOf(path)]
        const isAllowed = from === to || to === 'errors.ts' || from === 'index.ts'
        return !isAllowed && allowedImports[from]?.includes(to) !== true
      })
      .map((path) => `${file} -> ${path}`),
  )
  expect(wrong).toEqual([])
  expect(new Set(modules.map(folderOf))).toEqual(new Set([...folders, 'errors.ts', 'index.ts']))
})

it('no file imports itself by a circle of files, types included', () => {
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): void => {
    expect(path, 'a circle of imports').not.toContain(file)
    if (done.has(file)) return
    for (const next of imported.get(file) ?? []) visit(next, [...path, file])
    done.add(file)
  }
  for (const file of modules) visit(file, [])
})

it('stays small: lines that are neither blank nor comment, of all that is published', () => {
  const lines = [...texts.values()].flatMap((text) => text.split('\n'))
  const code = lines.filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line))
  expect(code.length).toBeGreaterThan(10_000)
  expect(code.length).toBeLessThanOrEqual(18_006)
})
