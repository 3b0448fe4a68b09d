import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { forbidCoreFiles } from './core-files.ts'

/** The soft and the hard limit that a program gets, in blocks of 512 bytes. */
const limits = () => execFileSync('sh', ['-c', 'ulimit -S -c; ulimit -H -c'], { encoding: 'utf8' })

it('what is started leaves no core file, whatever the limit was', async () => {
  execFileSync('prlimit', ['--pid', String(process.pid), '--core=512000:512000'])
  expect(limits()).toBe('1000\n1000\n')
  expect(await forbidCoreFiles()).toBeNull()
  expect(limits()).toBe('0\n0\n')
})
