import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readScriptFiles } from './read-script-files.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'scripts-'))
})
afterEach(() => rm(root, { recursive: true }))

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true })
  await writeFile(join(root, file), text)
}

describe('the files of a script', () => {
  it('are all that it includes, wherever they stand, to any depth', async () => {
    await write('sql/make.sql', '\\ir ../common/more.sql\n\\i part.sql\nSELECT 1;\n')
    await write('common/more.sql', '\\ir deeper/still.sql\n')
    await write('common/deeper/still.sql', 'SELECT 2;\n')
    await write('sql/part.sql', 'SELECT 3;\n')
    const names = (await readScriptFiles(root, 'sql/make.sql')).map((part) => part.split('\0')[0])
    expect(names).toEqual(['sql/make.sql', 'common/more.sql', 'common/deeper/still.sql', 'sql/part.sql'])
  })

  it('have the content that a link leads to', async () => {
    await write('elsewhere.sql', 'SELECT 4;\n')
    await symlink(join(root, 'elsewhere.sql'), join(root, 'make.sql'))
    expect(await readScriptFiles(root, 'make.sql')).toEqual(['make.sql\0SELECT 4;\n'])
  })

  it.each([
    ['a file of data', "\\copy books FROM 'books.csv' csv"],
    ['the environment', '\\getenv n BOOKS'],
    ['a file of the server', "COPY books FROM '/srv/books.csv'"],
    ['a file of the server, by a function', "pg_read_file('/srv/books.csv')"],
    ['a directory of the server', 'pg_ls_logdir()'],
    ['a file of the server, in quotes', `"pg_read_file"('/srv/books.csv')`],
    ['a program of the server', "COPY books FROM PROGRAM 'date'"],
    ["a program's output", '\\set n `date`'],
    ['a program', '\\! date'],
    ['a large object', '\\lo_import picture.png'],
    ['another database', '\\connect other'],
  ])('may not read %s', async (_what, line) => {
    await write('make.sql', `SELECT 1;\n${line}\n`)
    await expect(readScriptFiles(root, 'make.sql')).rejects.toThrow(
      `make.sql:2: the script reads a file outside its own: ${line}`,
    )
  })

  it('may hold a backtick in a quote, and commands that read nothing', async () => {
    await write(
      'make.sql',
      "\\set text 'a ` b'\n\\if :{?n} \\else \\set n 5 \\endif\n\\o /dev/null\nSELECT 1 \\gexec\n",
    )
    expect(await readScriptFiles(root, 'make.sql')).toHaveLength(1)
  })

  it('must be named as they are, and exist', async () => {
    await write('make.sql', '\\ir :part\n')
    await expect(readScriptFiles(root, 'make.sql')).rejects.toThrow(
      'make.sql:1: cannot determine which file this includes',
    )
    await expect(readScriptFiles(root, 'none.sql')).rejects.toThrow(
      'cannot read the script none.sql (ENOENT)',
    )
  })
})
