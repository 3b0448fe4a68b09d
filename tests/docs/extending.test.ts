import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repository } from '../support/project.ts'

const read = (path: string): Promise<string> => readFile(join(repository, path), 'utf8')

it('shows each seam, and an act, by lines of a test that rehearses with it', async () => {
  const page = await read('docs/extending.md')
  const fences = [...page.matchAll(/^`(tests\/seams\/[\w-]+\.ts)`:\n\n```ts\n([^]*?)\n```$/gm)]
  expect(fences.map(([, file]) => file)).toEqual(
    ['toy-act', 'handed-source', 'filled-host', 'two-files-layout', 'shell-executor'].map(
      (name) => `tests/seams/${name}.ts`,
    ),
  )
  for (const [, file, lines] of fences) expect(await read(file!)).toContain(lines)
})
