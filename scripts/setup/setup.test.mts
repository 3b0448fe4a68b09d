import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { advise, isDebian } from './advise.mjs'
import { findNeededPackages } from './find-needed-packages.mjs'
import { forbidMainCluster } from './forbid-main-cluster.mjs'

const debian = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n'
const mint = 'ID=linuxmint\nID_LIKE="ubuntu debian"\n'

describe('findNeededPackages', () => {
  it('names exactly what npm has installed on this machine', () => {
    const installed = Object.keys(readPackages('node_modules/.package-lock.json'))
    expect(findNeededPackages(readPackages('package-lock.json')).sort()).toEqual(installed.sort())
  })

  it('passes over optional packages of other systems, processors and C libraries, and what only they need', () => {
    const packages = {
      '': { dependencies: { tool: '1' } },
      'node_modules/tool': { optionalDependencies: { mac: '1', arm: '1', musl: '1', posix: '1', any: '1' } },
      'node_modules/mac': { optional: true, os: ['darwin'], dependencies: { deep: '1' } },
      'node_modules/arm': { optional: true, os: ['linux'], cpu: ['arm64'] },
      'node_modules/musl': { optional: true, os: ['linux'], libc: ['musl'] },
      'node_modules/posix': { optional: true, os: ['!win32'] },
      'node_modules/any': { optional: true },
      'node_modules/deep': { optional: true },
    }
    const names = (os: string, cpu: string, libc: string | undefined) =>
      findNeededPackages(packages, { os, cpu, libc }).map((location) => location.replace('node_modules/', ''))
    expect(names('linux', 'x64', 'glibc')).toEqual(['tool', 'posix', 'any'])
    expect(names('linux', 'arm64', 'musl')).toEqual(['tool', 'arm', 'musl', 'posix', 'any'])
    expect(names('darwin', 'x64', undefined)).toEqual(['tool', 'mac', 'posix', 'any', 'deep'])
    expect(names('win32', 'x64', undefined)).toEqual(['tool', 'any'])
  })

  it('follows the nearest of two versions, and peers unless they are optional', () => {
    const packages = {
      '': { devDependencies: { '@a/one': '1' }, dependencies: { two: '2' } },
      'node_modules/@a/one': {
        dependencies: { two: '1' },
        peerDependencies: { peer: '1', maybe: '1' },
        peerDependenciesMeta: { maybe: { optional: true } },
      },
      'node_modules/@a/one/node_modules/two': { dependencies: { three: '1' } },
      'node_modules/two': {},
      'node_modules/three': {},
      'node_modules/peer': {},
      'node_modules/maybe': { optional: true },
    }
    const needed = Object.keys(packages).filter(
      (location) => location !== '' && location !== 'node_modules/maybe',
    )
    expect(findNeededPackages(packages).sort()).toEqual(needed.sort())
  })
})

describe('forbidMainCluster', () => {
  it.each(['', '# mine\nssl = off', '#create_main_cluster = true\n', 'create_main_cluster = true\n'])(
    'appends the setting to %j, and keeps all that is there',
    (text) => {
      expect(forbidMainCluster(text)).toMatch(/(^|\n)create_main_cluster = false\n$/)
      expect(forbidMainCluster(text).startsWith(text)).toBe(true)
    },
  )

  it('appends it after an included directory, whose files would win otherwise', () => {
    const text = "create_main_cluster = false\ninclude_dir 'createcluster.d'\n"
    expect(forbidMainCluster(text)).toBe(`${text}create_main_cluster = false\n`)
  })

  it.each(['create_main_cluster = false\n', "ssl = on\n create_main_cluster = 'off' # no server\n"])(
    'leaves %j as it is',
    (text) => {
      expect(forbidMainCluster(text)).toBe(text)
    },
  )
})

describe('advise', () => {
  it('gives the line of the system, also of one that is like another', () => {
    expect(advise('linux', debian)).toContain('apt-get install -y postgresql"')
    expect(advise('linux', mint)).toContain('apt-get install -y postgresql"')
    expect(advise('linux', 'ID="rocky"\nID_LIKE="rhel centos fedora"\n')).toContain(
      'dnf install -y postgresql-server',
    )
    expect(advise('linux', 'ID=alpine\n')).toContain('sudo apk add postgresql')
    expect(advise('darwin', '')).toContain('brew install postgresql@')
  })

  it('names the download page and REHEARSAL_POSTGRES_BIN on a system that it does not know', () => {
    expect(advise('freebsd', '')).toMatch(/www\.postgresql\.org\/download\/, or set REHEARSAL_POSTGRES_BIN/)
    expect(advise('linux', 'ID=nixos\n')).toContain('www.postgresql.org/download/')
  })

  it('takes only Debian and its kin for Debian', () => {
    expect([debian, mint, 'ID=ubuntu\n'].map((release) => isDebian('linux', release))).toEqual([
      true,
      true,
      true,
    ])
    expect(['ID=fedora\n', 'ID_LIKE=debianoid\n', ''].map((release) => isDebian('linux', release))).toEqual([
      false,
      false,
      false,
    ])
    expect(isDebian('darwin', debian)).toBe(false)
  })
})

function readPackages(path: string): Parameters<typeof findNeededPackages>[0] {
  return JSON.parse(readFileSync(path, 'utf8')).packages
}
