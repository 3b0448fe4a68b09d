import { access, readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { exitCodes } from '../../harness/cli/exit-codes.ts'
import { configurationSchema } from '../../harness/config/rehearsal.ts'
import { escapeNames } from '../../harness/config/escape-names.ts'
import { actIds, specFolders } from '../../harness/acts/acts.ts'
import { startCommand } from '../support/command.ts'
import { repository } from '../support/project.ts'
import { fenceOf, readCommands, readPages } from './markdown.ts'

const pages = await readPages(repository)
const rehearse = join(repository, 'bin/rehearse.mjs')
const bench = join(repository, 'scripts/bench.mjs')

describe.each(pages)('$path', (page) => {
  it('links to files that exist', async () => {
    const links = [...page.text.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target!)
    const missing: string[] = []
    for (const link of links.filter((target) => !target.includes('://'))) {
      await access(join(repository, dirname(page.path), link)).catch(() => missing.push(link))
    }
    expect(missing).toEqual([])
  })

  it('names files of the project that exist', async () => {
    const named = [...page.text.matchAll(/`((?:specs|sql|harness|docs|tests|scripts)\/[\w./-]*)`/g)]
    const missing: string[] = []
    for (const [, path] of named) {
      const isMadeByTheReader = page.text.includes(`Make \`${path}\``)
      if (!isMadeByTheReader) await access(join(repository, path!)).catch(() => missing.push(path!))
    }
    expect(missing).toEqual([])
  })
})

describe('the commands of the documents', () => {
  const commands = pages.flatMap(readCommands).filter((command) => /^np[mx] /.test(command))

  it('are scripts of package.json, or commands of rehearse', async () => {
    const { scripts } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    const unknown = commands.filter((command) => {
      const [program, ...words] = command.split(' ')
      if (program === 'npm')
        return (
          !['test', 'install', 'pack'].includes(words[0]!) && !(words[0] === 'run' && words[1]! in scripts)
        )
      return !(
        words[0] === 'tsc' ||
        (words[0] === 'rehearse' && ['run', 'effect', 'clean', '--help', undefined].includes(words[1]))
      )
    })
    expect(commands.length).toBeGreaterThan(8)
    expect(unknown).toEqual([])
  })

  it('have options that rehearse or the benchmark knows', async () => {
    const options = commands.flatMap((command) => command.match(/(?<= )--?[a-z][\w-]*/gi) ?? [])
    const { output } = await startCommand([rehearse, 'run', '--help'], repository).ended
    const { output: cleanOutput } = await startCommand([rehearse, 'clean', '--help'], repository).ended
    const { output: benchOutput } = await startCommand([bench, '--help'], repository).ended
    const known = `${output}${cleanOutput}${benchOutput}`
    const unknown = options.filter(
      (option) => !known.includes(option) && !['--noEmit', '--save-dev'].includes(option),
    )
    expect(options).toEqual(expect.arrayContaining(['--keep', '--only', '--rounds', '--json']))
    expect(unknown).toEqual([])
  })

  it('set the project up, which changes nothing where there is nothing to do', async () => {
    const { exitCode, output } = await startCommand([join(repository, 'scripts/setup.mjs')], repository).ended
    expect({ exitCode, output }).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('nothing to do'),
    })
  })
})

describe('what the documents say of the harness', () => {
  const [readme, writing] = ['README.md', 'docs/writing-specs.md'].map(
    (path) => pages.find((page) => page.path === path)!.text,
  )

  it('covers every key of the configuration', () => {
    expect(rowsOf(writing!, 'key')).toEqual(
      Object.keys(configurationSchema.shape).filter((key) => key !== 'name'),
    )
  })

  it('covers every act, and every folder of specs in its order', () => {
    expect(rowsOf(writing!, 'folder')).toEqual(specFolders.map((name) => `specs/${name}/`))
    expect(actIds.filter((id) => !writing!.includes(`'${id}'`))).toEqual([])
  })

  it('covers every escape', () => {
    expect(rowsOf(pages.find(({ path }) => path === 'docs/sealed.md')!.text, 'escape')).toEqual(escapeNames)
  })

  it('gives each verdict the exit code that it has', () => {
    const told = [...readme!.matchAll(/^\| (PASS|FAIL|UNKNOWN) +\| (\d)/gm)].map(([, verdict, code]) => [
      verdict!.toLowerCase(),
      Number(code),
    ])
    expect(Object.fromEntries(told)).toEqual(exitCodes)
  })

  it('names every folder of the harness', async () => {
    const entries = await readdir(join(repository, 'harness'), { withFileTypes: true })
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${name}/`)
    const told = rowsOf(pages.find(({ path }) => path === 'docs/whats-here.md')!.text, 'folder')
    expect(told.toSorted()).toEqual(folders.toSorted())
  })

  it('names files to start reading at that exist', async () => {
    const { text } = pages.find(({ path }) => path === 'docs/whats-here.md')!
    const starts = [...text.matchAll(/^\| `(\w+\/)`.*\| (.+?) +\|$/gm)].flatMap(([, folder, files]) =>
      [...files!.matchAll(/`([\w-]+\.ts)`/g)].map(([, name]) => `harness/${folder}${name}`),
    )
    expect(starts.length).toBeGreaterThan(15)
    for (const path of starts) await access(join(repository, path))
  })

  it('shows lines of the run of the picture', async () => {
    const captured = stripVTControlCharacters(await readFile(join(repository, 'docs/rehearsal.ansi'), 'utf8'))
    expect(captured).toContain(
      fenceOf(
        pages.find(({ path }) => path === 'README.md')!,
        'run',
      ),
    )
  })
})

/** What stands in backticks in the first column of the table whose first column has this title. */
function rowsOf(text: string, title: string): string[] {
  const [, table] = new RegExp(`^\\| ${title} +\\|.*\\n\\| -+.*\\n((?:\\|.*\\n)+)`, 'm').exec(text) ?? []
  return [...(table ?? '').matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name!)
}
