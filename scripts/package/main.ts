import { fileURLToPath } from 'node:url'
import { checkPackage } from './check-package.ts'
import { makePackage, restoreRepository } from './make-package.ts'

/** `make` and `restore` are run by `npm pack`, before and after it packs; `check` is `npm run check:package`. */
const commands: Readonly<Record<string, (root: string) => void>> = {
  make: makePackage,
  restore: restoreRepository,
  check: checkPackage,
}

/** Runs a command; returns the exit code. */
export function main(name = ''): number {
  const command = commands[name]
  if (command === undefined) {
    console.error(`usage: node scripts/package.mjs ${Object.keys(commands).join(' | ')}`)
    return 2
  }
  try {
    command(fileURLToPath(new URL('../..', import.meta.url)))
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 1
  }
}
