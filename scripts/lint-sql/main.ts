import { globSqlFiles } from './glob-sql-files.ts'
import { lintSql } from './lint-sql.ts'
import { readFile } from 'node:fs/promises'

/** Lints every SQL file of a directory and prints what is wrong; returns the exit code. No file is a fault, too. */
export async function main(directory: string): Promise<number> {
  const paths = await globSqlFiles(directory)
  let count = 0
  for (const path of paths) {
    for (const { line, message } of await lintSql(path, await readFile(path, 'utf8'))) {
      console.error(`${path}:${line}: ${message}`)
      count += 1
    }
  }
  if (paths.length === 0) console.error(`${directory}: holds no .sql file`)
  else console.log(`${paths.length} SQL files, ${count} ${count === 1 ? 'fault' : 'faults'}`)
  return paths.length === 0 || count > 0 ? 1 : 0
}
