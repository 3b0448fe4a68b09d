// Module hooks (node:module, register) that read TypeScript by ts-node, each text once.
import { createHash, randomBytes } from 'node:crypto'
import { lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)

/** @type {string} */
let cache

/** @type {import('ts-node').NodeLoaderHooksAPI2 | undefined} */
let hooks

/** @param {{ cache: string }} data */
export function initialize(data) {
  cache = data.cache
}

/** @type {import('ts-node').NodeLoaderHooksAPI2.ResolveHook} */
export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context, next)
  } catch {
    // Imports without a file ending, or with the one that the compiler gives: what is nowhere, ts-node reports again.
    return readByTsNode().resolve(specifier, context, next)
  }
}

/** @type {import('ts-node').NodeLoaderHooksAPI2.LoadHook} */
export async function load(url, context, next) {
  if (!/^file:.*\.[cm]?ts$/.test(url)) return next(url, context, next)
  const key = digest(url, settings(), readFileSync(fileURLToPath(url), 'utf8'))
  const file = join(cache, `${digest(url)}.json`)
  const known = readKept(file, key)
  if (known !== undefined) return { format: 'module', source: known, shortCircuit: true }
  const read = await readByTsNode().load(url, context, next)
  if (read.format === 'module') keep(file, key, String(read.source))
  return read
}

/** Loading ts-node and the compiler takes a quarter of a second. */
function readByTsNode() {
  if (hooks !== undefined) return hooks
  // It would leave a compiled copy of the compiler in the temporary directory, for each directory that it is called in.
  process.env['DISABLE_V8_COMPILE_CACHE'] = '1'
  /** @type {typeof import('ts-node')} */
  const tsNode = require('ts-node')
  const service = tsNode.create({
    skipProject: true,
    transpileOnly: true,
    transpiler: require.resolve('./transpiler.cjs'),
    // The project may have another compiler, such as TypeScript 7, which has no interface that ts-node knows.
    compiler: require.resolve('typescript'),
    // A configuration is an ES module in a CommonJS project, too, where imports often have no file endings.
    moduleTypes: { '/**/*.ts': 'esm' },
    experimentalSpecifierResolution: 'node',
    compilerOptions: { module: 'NodeNext', moduleResolution: 'NodeNext', target: 'ES2023', rootDir: '/' },
  })
  hooks = /** @type {import('ts-node').NodeLoaderHooksAPI2} */ (tsNode.createEsmHooks(service))
  return hooks
}

/** All that the output depends on, beside the code and its place: the compiler, ts-node, and these files. */
function settings() {
  const files = ['typescript/package.json', 'ts-node/package.json', './transpiler.cjs', './hooks.mjs']
  return digest(...files.map((file) => readFileSync(require.resolve(file), 'utf8')))
}

/** @param {readonly string[]} parts */
function digest(...parts) {
  return createHash('sha256').update(parts.join('\0')).digest('hex')
}

/**
 * Undefined where it is not there, not whole, of another text, or where somebody else may have written it.
 * @param {string} file
 * @param {string} key
 */
function readKept(file, key) {
  try {
    if (![cache, file].every(isOwn)) return undefined
    const kept = JSON.parse(readFileSync(file, 'utf8'))
    return kept.key === key && kept.check === digest(key, kept.source) ? String(kept.source) : undefined
  } catch {
    return undefined
  }
}

/** @param {string} path */
function isOwn(path) {
  const { uid, mode } = lstatSync(path)
  return uid === (process.getuid?.() ?? uid) && (mode & 0o022) === 0
}

/**
 * Where nothing can be kept, as in an installation that is read-only, the next start takes longer, and no more.
 * @param {string} file
 * @param {string} key
 * @param {string} source
 */
function keep(file, key, source) {
  const making = `${file}.${randomBytes(4).toString('hex')}`
  try {
    mkdirSync(cache, { recursive: true, mode: 0o700 })
    writeFileSync(making, JSON.stringify({ key, check: digest(key, source), source }), { mode: 0o600 })
    renameSync(making, file)
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error)
    if (!['EACCES', 'EROFS', 'EPERM', 'ENOSPC', 'ENOTDIR', 'EEXIST'].includes(code ?? '')) throw error
  }
}
