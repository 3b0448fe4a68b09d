import { readFileSync } from 'node:fs'

/** The version in a package.json, by its path from here. */
export function packageVersion(path: string): string {
  const { version } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as { version: string }
  return version
}
