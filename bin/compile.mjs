// Compiles the harness into dist/, each module once: reading it through ts-node's hooks would take a second of every start.
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const require = createRequire(import.meta.url)
const [sources, compiled] = [join(root, 'harness'), join(root, 'dist')]
const underWork = join(compiled, '.making')
const stampFile = join(compiled, 'compiled.json')

/** Vitest reads the tests from their source; declarations say nothing to Node. */
const isLeftOut = /\.test\.ts$|\.d\.m?ts$/

/** @type {typeof import('./compile.mjs').compile} */
export function compile() {
  const stamps = readStamps()
  const known = readKnown()
  const names = Object.keys(stamps)
  const stale = names.filter((name) => known[name] !== stamps[name])
  const gone = Object.keys(known).filter((name) => !(name in stamps))
  const url = pathToFileURL(`${compiled}/`)
  if (stale.length + gone.length === 0) return url
  for (const name of gone) rmSync(outputOf(name), { force: true })
  const isOtherCompiler = stale.includes(compiler)
  for (const name of isOtherCompiler ? names : stale) if (name !== compiler) compileModule(name)
  write(stampFile, JSON.stringify(stamps))
  return url
}

const compiler = 'node_modules/typescript'

/**
 * Module → time and size of its source; the compiler, and this file, by theirs.
 * @returns {Record<string, string>}
 */
function readStamps() {
  const names = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs|cjs)$/.test(name) && !isLeftOut.test(name))
    .map((name) => [name, stampOf(join(sources, name))])
  const own = [require.resolve('typescript/package.json'), fileURLToPath(import.meta.url)]
  return Object.fromEntries([...names, [compiler, own.map(stampOf).join(' ')]])
}

/** @param {string} path */
function stampOf(path) {
  const { mtimeMs, size } = statSync(path)
  return `${mtimeMs} ${size}`
}

/**
 * Of the last time; nothing where that left no whole file: everything is then compiled.
 * @returns {Record<string, string>}
 */
function readKnown() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'))
  } catch {
    return {}
  }
}

/** @param {string} name */
function compileModule(name) {
  const code = readFileSync(join(sources, name), 'utf8')
  write(outputOf(name), name.endsWith('.ts') ? transpile(name, code) : code)
}

/** @param {string} name */
function outputOf(name) {
  return join(compiled, name.replace(/\.ts$/, '.js'))
}

/**
 * @param {string} name
 * @param {string} code
 */
function transpile(name, code) {
  /** @type {typeof import('typescript')} */
  const ts = require('typescript')
  const { outputText } = ts.transpileModule(code, {
    fileName: name,
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
      inlineSourceMap: true,
      inlineSources: false,
      sourceRoot: relative(dirname(outputOf(name)), dirname(join(sources, name))),
    },
  })
  return outputText
}

/**
 * Another command may be reading the file, or writing it, too.
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  const making = join(underWork, randomBytes(6).toString('hex'))
  for (const directory of [underWork, dirname(file)]) mkdirSync(directory, { recursive: true })
  writeFileSync(making, text)
  renameSync(making, file)
}
