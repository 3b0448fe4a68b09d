// Transpiler of ts-node that transpiles a file of this package once: TypeScript would take a second of every start.
const { createHash, randomBytes } = require('node:crypto')
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs')
const { dirname, join, relative } = require('node:path')
const transpiler = require('../harness/config/typescript/transpiler.cjs')

const root = dirname(__dirname)
const kept = join(root, 'node_modules/.cache/dress-rehearsal')

exports.create = () => {
  const { transpile, settings } = transpiler.create()
  return {
    transpile(code, { fileName }) {
      const path = relative(root, fileName)
      if (path.startsWith('..')) return transpile(code, { fileName })
      const key = digest(settings, code)
      const file = join(kept, `${digest(path)}.json`)
      const known = read(file)
      if (known?.key === key) return known.output
      const output = transpile(code, { fileName })
      write(file, JSON.stringify({ key, output }))
      return output
    },
  }
}

function digest(...parts) {
  return createHash('sha256').update(parts.join('\0')).digest('hex')
}

/** Undefined where it is not there, or not whole: it is then made again. */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Where nothing can be kept, as in an installation that is read-only, the next start takes longer, and no more. */
function write(file, text) {
  const making = `${file}.${randomBytes(4).toString('hex')}`
  try {
    mkdirSync(kept, { recursive: true })
    writeFileSync(making, text)
    renameSync(making, file)
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM', 'ENOSPC'].includes(error.code)) throw error
  }
}
