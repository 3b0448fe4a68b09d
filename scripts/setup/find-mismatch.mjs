import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { findNeededPackages } from './find-needed-packages.mjs'

/**
 * @typedef {import('./find-needed-packages.mjs').LockedPackage} LockedPackage
 * @typedef {Record<string, LockedPackage>} Packages
 */

const kinds = /** @type {const} */ ([
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
])

/**
 * The first difference between what is installed and what the lock asks for on this platform, in words;
 * undefined if there is none. Believes npm's own record of an install only where the packages are really there.
 * @param {string} project
 * @returns {string | undefined}
 */
export function findMismatch(project) {
  /** @type {Packages | undefined} */
  const locked = readJson(join(project, 'package-lock.json'))?.packages
  if (locked === undefined) return 'package-lock.json cannot be read'
  /** @type {Packages | undefined} */
  const installed = readJson(join(project, 'node_modules', '.package-lock.json'))?.packages
  if (installed === undefined) return 'node_modules is not installed'
  const manifest = readJson(join(project, 'package.json'))
  const ahead = kinds.find((kind) => !isDeepStrictEqual(manifest?.[kind] ?? {}, locked['']?.[kind] ?? {}))
  if (ahead !== undefined) return `package-lock.json does not know the ${ahead} of package.json`
  const missing = findNeededPackages(locked).find((location) => installed[location] === undefined)
  if (missing !== undefined) return `${missing} is not installed`
  for (const [location, entry] of Object.entries(installed)) {
    const mismatch =
      compareWithLock(location, entry, locked[location]) ?? findDamage(project, location, entry)
    if (mismatch !== undefined) return mismatch
  }
  return undefined
}

/**
 * @param {string} location
 * @param {LockedPackage} installed
 * @param {LockedPackage | undefined} locked
 */
function compareWithLock(location, { version, integrity }, locked) {
  if (locked === undefined) return `${location} is installed, but not in package-lock.json`
  if (locked.version !== version) return `${location} is ${version}, package-lock.json has ${locked.version}`
  if (locked.integrity !== integrity) return `${location} has other content than package-lock.json has`
  return undefined
}

/**
 * @param {string} project
 * @param {string} location
 * @param {LockedPackage} recorded
 */
function findDamage(project, location, { version, bin }) {
  const found = readJson(join(project, location, 'package.json'))?.version
  if (found === undefined) return `${location} is gone`
  if (found !== version) return `${location} is ${found}, package-lock.json has ${version}`
  const links = location.replace(/node_modules\/(@[^/]+\/)?[^/]+$/, 'node_modules/.bin')
  const lost = Object.keys(bin ?? {}).find((name) => !existsSync(join(project, links, name)))
  return lost && `${links}/${lost} is gone`
}

/** @param {string} path */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined // absent or damaged: a mismatch either way, which npm ci mends or explains
  }
}
