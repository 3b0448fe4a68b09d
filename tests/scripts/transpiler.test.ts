import { createHash } from 'node:crypto'
import { access, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'

interface Transpiler {
  transpile(code: string, options: { fileName: string }): { outputText: string; sourceMapText: string }
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const { create } = createRequire(import.meta.url)('../../bin/transpiler.cjs') as {
  create(): Transpiler
}
const transpiler = create()
/** Of no file that is there, so that nothing else is touched. */
const own = `tests/scripts/none-${process.pid}.ts`
const other = '../none.ts'

afterEach(() => rm(keptFile(own), { force: true }))

describe('the transpiler of the command', () => {
  it('gives what was kept for the same text, and transpiles another anew', async () => {
    const { outputText, sourceMapText } = transpile('export const one: number = 1')
    expect(outputText).toMatch(/^export const one = 1;/)
    expect(JSON.parse(sourceMapText)).toMatchObject({ version: 3, sources: [`none-${process.pid}.ts`] })
    await rewrite((text) => text.replace('one = 1', 'one = 7'))
    expect(transpile('export const one: number = 1').outputText).toMatch(/one = 7/)
    expect(transpile('export const one: number = 2').outputText).toMatch(/one = 2/)
  })

  it('transpiles anew where what was kept is not whole', async () => {
    transpile('export const one: number = 1')
    await rewrite((text) => text.slice(0, 20))
    expect(transpile('export const one: number = 1').outputText).toMatch(/one = 1/)
  })

  it('keeps nothing of files outside of the package', async () => {
    const { outputText } = transpile('export const one: number = 1', other)
    expect(outputText).toMatch(/one = 1/)
    await expect(access(keptFile(other))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

function transpile(code: string, file = own) {
  return transpiler.transpile(code, { fileName: join(root, file) })
}

async function rewrite(change: (text: string) => string): Promise<void> {
  await writeFile(keptFile(own), change(await readFile(keptFile(own), 'utf8')))
}

function keptFile(path: string): string {
  const name = createHash('sha256').update(path).digest('hex')
  return join(root, 'node_modules/.cache/dress-rehearsal', `${name}.json`)
}
