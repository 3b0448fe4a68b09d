import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Raised where a cluster that an earlier version made must not be taken any more. */
const format = 2

/** In a checkout, the makers themselves; the published package has none, and {@link format} stands for them. */
const makers = join(dirname(fileURLToPath(import.meta.url)), '../../harness')

/** Key of a cluster that nobody has used: the server's version, the maker. */
export function bareKey(version: string): string {
  return digest([JSON.stringify({ version }), ...readMaker()])
}

/** The makers do not change while they run. */
let maker: readonly string[] | undefined

/** Parts of every key: what makes the clusters. */
export function readMaker(): readonly string[] {
  if (maker !== undefined) return maker
  const names = existsSync(makers) ? readdirSync(makers, { recursive: true, encoding: 'utf8' }) : []
  const modules = names.filter((name) => /\.(ts|mjs|cjs)$/.test(name) && !/\.(test|d)\.m?ts$/.test(name))
  return (maker = [
    `format ${format}`,
    ...modules.sort().map((name) => `${name}\0${readFileSync(join(makers, name), 'latin1')}`),
  ])
}

/** A key of these parts. */
export function digest(parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  return hash.digest('hex').slice(0, 32)
}
