import { access, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startCommand } from '../support/command.ts'
import { repository } from '../support/project.ts'
import { readCommands, readPages } from './markdown.ts'

const pages = await readPages(repository)
const rehearse = join(repository, 'bin/rehearse.mjs')

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
    const named = [...page.text.matchAll(/`((?:specs|sql|harness|docs|reports|tests|scripts)\/[\w./-]*)`/g)]
    const missing: string[] = []
    for (const [, path] of named) {
      const isMadeByTheReader = page.text.includes(`Make \`${path}\``)
      if (!isMadeByTheReader) await access(join(repository, path!)).catch(() => missing.push(path!))
    }
    expect(missing).toEqual([])
  })
})

describe('the commands of the documents', () => {
  const commands = pages.flatMap(readCommands)

  it('are scripts of package.json, or commands of rehearse', async () => {
    const { scripts } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    const unknown = commands.filter((command) => {
      const [program, ...words] = command.split(' ')
      if (program === 'npm') return words[0] !== 'test' && !(words[0] === 'run' && words[1]! in scripts)
      return !(words[0] === 'tsc' || (words[0] === 'rehearse' && ['run', 'clean'].includes(words[1] ?? '')))
    })
    expect(commands.length).toBeGreaterThan(8)
    expect(unknown).toEqual([])
  })

  it('have options that rehearse knows', async () => {
    const options = commands.flatMap((command) => command.match(/(?<= )--?[a-z][\w-]*/gi) ?? [])
    const { output } = await startCommand([rehearse, 'run', '--help'], repository).ended
    const { output: cleanOutput } = await startCommand([rehearse, 'clean', '--help'], repository).ended
    const unknown = options.filter(
      (option) => !`${output}${cleanOutput}`.includes(option) && option !== '--noEmit',
    )
    expect(options).toContain('--keep')
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
