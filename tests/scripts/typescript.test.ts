import { createHash } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startCommand } from '../support/command.ts'
import { repository } from '../support/project.ts'

let directory: string
let cache: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'typescript-'))
  cache = join(directory, 'cache')
})
afterEach(() => rm(directory, { recursive: true }))

describe('a TypeScript module', () => {
  it('is transpiled once, and again when its text is another one', async () => {
    await writeModule('console.log(1 as number)')
    expect(await read()).toBe('1\n')
    await rewriteKept((text) => {
      const kept = JSON.parse(text) as { key: string; source: string }
      const source = kept.source.replace('1', "'as it was kept'")
      return JSON.stringify({ ...kept, source, check: digest(`${kept.key}\0${source}`) })
    })
    expect(await read()).toBe('as it was kept\n')
    await writeModule('console.log(2 as number)')
    expect(await read()).toBe('2\n')
  })

  it('is transpiled again where what was kept is not as it was', async () => {
    await writeModule('console.log(1 as number)')
    await read()
    await rewriteKept((text) => text.replace('log(1', 'log(7'))
    expect(await read()).toBe('1\n')
  })

  it('is transpiled again where what was kept is cut short', async () => {
    await writeModule('console.log(1 as number)')
    await read()
    await rewriteKept((text) => text.slice(0, 20))
    expect(await read()).toBe('1\n')
  })

  it('is transpiled again where others may have written what was kept', async () => {
    await writeModule('console.log(1 as number)')
    await read()
    await rewriteKept((text) => {
      const kept = JSON.parse(text) as { key: string }
      const source = "console.log('of somebody else')"
      return JSON.stringify({ ...kept, source, check: digest(`${kept.key}\0${source}`) })
    })
    await chmod(cache, 0o777)
    expect(await read()).toBe('1\n')
  })

  it('is read where nothing can be kept', async () => {
    await writeFile(cache, 'a file in the way')
    await writeModule('console.log(1 as number)')
    expect(await read()).toBe('1\n')
  })
})

function writeModule(code: string): Promise<void> {
  return writeFile(join(directory, 'module.ts'), code)
}

async function read(): Promise<string> {
  const hooks = join(repository, 'harness/config/typescript/read-typescript.mjs')
  const script = `
    import { readTypeScript } from ${JSON.stringify(hooks)}
    readTypeScript(${JSON.stringify(cache)})
    await import(${JSON.stringify(join(directory, 'module.ts'))})`
  const { output } = await startCommand(['--input-type=module', '-e', script], directory).ended
  return output
}

async function rewriteKept(change: (text: string) => string): Promise<void> {
  const [name] = await readdir(cache)
  const file = join(cache, name!)
  await writeFile(file, change(await readFile(file, 'utf8')))
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
