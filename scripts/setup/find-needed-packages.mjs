/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 * @property {Record<string, string>} [bin]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {Record<string, string>} [peerDependencies]
 * @property {Record<string, { optional?: boolean }>} [peerDependenciesMeta]
 *
 * @typedef {{ os: string, cpu: string, libc: string | undefined }} Platform
 */

/**
 * The locations (`node_modules/…`) that npm installs from a lock on a platform: all that is reached from the
 * root, without passing through an optional package made for another platform.
 * @param {Record<string, LockedPackage>} packages
 * @param {Platform} [platform]
 */
export function findNeededPackages(packages, platform = currentPlatform()) {
  const needed = new Set([''])
  for (const location of needed) {
    for (const name of dependencyNames(packages[location] ?? {})) {
      const found = resolve(packages, location, name)
      if (found !== undefined && !isSkipped(packages[found] ?? {}, platform)) needed.add(found)
    }
  }
  needed.delete('')
  return [...needed]
}

/** @param {LockedPackage} entry */
function dependencyNames(entry) {
  const peers = Object.keys(entry.peerDependencies ?? {})
  return [
    ...Object.keys(entry.dependencies ?? {}),
    ...Object.keys(entry.devDependencies ?? {}),
    ...Object.keys(entry.optionalDependencies ?? {}),
    ...peers.filter((name) => entry.peerDependenciesMeta?.[name]?.optional !== true),
  ]
}

/**
 * Node's own rule: the nearest `node_modules` on the way up.
 * @param {Record<string, LockedPackage>} packages
 * @param {string} from
 * @param {string} name
 */
function resolve(packages, from, name) {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    const location = base === '' ? `node_modules/${name}` : `${base}/node_modules/${name}`
    if (packages[location] !== undefined) return location
    if (base === '') return undefined
  }
}

/**
 * @param {LockedPackage} entry
 * @param {Platform} platform
 */
function isSkipped(entry, { os, cpu, libc }) {
  if (entry.optional !== true) return false
  return !allows(entry.os, os) || !allows(entry.cpu, cpu) || !(libc === undefined || allows(entry.libc, libc))
}

/**
 * @param {string[] | undefined} list such as `["linux"]` or `["!win32"]`
 * @param {string} value
 */
function allows(list, value) {
  if (list === undefined || list.includes(value)) return true
  return list.every((item) => item.startsWith('!')) && !list.includes(`!${value}`)
}

/** @returns {Platform} */
function currentPlatform() {
  return { os: process.platform, cpu: process.arch, libc: currentLibc() }
}

function currentLibc() {
  if (process.platform !== 'linux') return undefined
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport())
  return report.header.glibcVersionRuntime === undefined ? 'musl' : 'glibc'
}
