import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findNeededPackages } from './find-needed-packages.mjs'

/**
 * @typedef {import('./find-needed-packages.mjs').LockedPackage} LockedPackage
 * @typedef {Record<string, LockedPackage>} Packages
 */

/**
 * The first difference between what is installed and what the lock asks for on this platform, in words;
 * undefined if there is none. Believes npm's own record of an install only where the packages are really there.
 * @param {string} project
 * @returns {string | undefined}
 */
export function findMismatch(project) {
  const locked = readPackages(join(project, 'package-lock.json'))
  if (locked === undefined) return 'package-lock.json cannot be read'
  const installed = readPackages(join(project, 'node_modules', '.package-lock.json'))
  if (installed === undefined) return 'node_modules is not installed'
  return (
    findUnlocked(project, locked) ??
    findMissing(locked, installed) ??
    findForeign(locked, installed) ??
    findDamaged(project, installed)
  )
}

/**
 * @param {string} project
 * @param {Packages} locked
 */
function findUnlocked(project, locked) {
  const manifest = readJson(join(project, 'package.json'))
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']) {
    const wanted = sortedText(manifest?.[kind])
    const known = sortedText(/** @type {Record<string, Record<string, string>>} */ (locked[''])?.[kind])
    if (wanted !== known) return `package-lock.json does not know the ${kind} of package.json`
  }
  return undefined
}

/**
 * @param {Packages} locked
 * @param {Packages} installed
 */
function findMissing(locked, installed) {
  const missing = findNeededPackages(locked).find((location) => installed[location] === undefined)
  return missing && `${missing} is not installed`
}

/**
 * @param {Packages} locked
 * @param {Packages} installed
 */
function findForeign(locked, installed) {
  for (const [location, { version, integrity }] of Object.entries(installed)) {
    const wanted = locked[location]
    if (wanted === undefined) return `${location} is installed, but not in package-lock.json`
    if (wanted.version !== version)
      return `${location} is ${version}, package-lock.json has ${wanted.version}`
    if (wanted.integrity !== integrity) return `${location} has other content than package-lock.json has`
  }
  return undefined
}

/**
 * @param {string} project
 * @param {Packages} installed
 */
function findDamaged(project, installed) {
  for (const [location, { version, bin }] of Object.entries(installed)) {
    const found = readJson(join(project, location, 'package.json'))?.version
    if (found === undefined) return `${location} is gone`
    if (found !== version) return `${location} is ${found}, package-lock.json has ${version}`
    const links = location.replace(/node_modules\/(@[^/]+\/)?[^/]+$/, 'node_modules/.bin')
    const lost = Object.keys(bin ?? {}).find((name) => !existsSync(join(project, links, name)))
    if (lost !== undefined) return `${links}/${lost} is gone`
  }
  return undefined
}

/**
 * @param {string} path
 * @returns {Packages | undefined}
 */
function readPackages(path) {
  return readJson(path)?.packages
}

/** @param {string} path */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined // absent or damaged: a mismatch either way, which npm ci mends or explains
  }
}

/** @param {Record<string, string> | undefined} record */
function sortedText(record) {
  return JSON.stringify(Object.entries(record ?? {}).sort(([left], [right]) => (left < right ? -1 : 1)))
}
