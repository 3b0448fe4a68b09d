import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { judge } from './judge.ts'
import { junitOf } from './testing-junit.ts'

const startedAt = Date.now()

/** Judges a step that ended so and left this file; `null` for none. */
async function judgeFile(xml: string | null, ending?: string, age = 0) {
  const directory = await mkdtemp(join(tmpdir(), 'judge-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const junit = join(directory, 'junit.xml')
  if (xml !== null) {
    await writeFile(junit, xml)
    const written = new Date(Date.now() - age)
    await utimes(junit, written, written)
  }
  const step = { name: 'rehearsal', script: 'test', junit }
  const { fault, counts } = await judge({ step, ending, output: '', durationMs: 1 }, startedAt)
  return { fault: fault?.replace(`${junit} `, ''), counts }
}

it('passes a step that ended well, and counts its file', async () => {
  expect(await judgeFile(junitOf(3, 0, 1))).toEqual({
    fault: undefined,
    counts: { passed: 3, failed: 0, skipped: 1 },
  })
})

it.each<[what: string, xml: string | null, ending: string | undefined, fault: string | RegExp]>([
  ['is missing', null, undefined, 'is missing'],
  ['is missing, and the command failed', null, 'exit code 2', 'exit code 2, and is missing'],
  ['is cut off', '<testsuites tests="1"><testcase', undefined, /^cannot be read: /],
  ['is empty', '', undefined, /^cannot be read: /],
  ['is no JUnit', '<html/>', undefined, 'is no JUnit: its root is <html>'],
  ['has no tests', junitOf(0, 0), undefined, 'has no tests'],
  [
    'reports more tests than it has',
    junitOf(2, 0).replace('tests="2"', 'tests="3"'),
    undefined,
    'reports 3 tests and 0 failed, but has 2 and 0',
  ],
  [
    'reports failures that it does not have',
    junitOf(2, 0).replace('failures="0"', 'failures="1"'),
    undefined,
    'reports 2 tests and 1 failed, but has 2 and 0',
  ],
])('finds a fault where the JUnit file %s', async (_what, xml, ending, fault) => {
  const judged = await judgeFile(xml, ending)
  expect(judged.fault).toMatch(fault)
  expect(judged.counts).toBeUndefined()
})

it('finds a fault where the JUnit file is older than the check', async () => {
  const { fault, counts } = await judgeFile(junitOf(2, 0), undefined, 3_600_000)
  expect(fault).toMatch(/^is of \d{4}-\d\d-\d\dT.*, an earlier run$/)
  expect(counts).toBeUndefined()
})

it('finds a fault where the file is green, but the command failed', async () => {
  expect(await judgeFile(junitOf(2, 0), 'exit code 1')).toEqual({
    fault: 'exit code 1',
    counts: { passed: 2, failed: 0, skipped: 0 },
  })
})

it('finds a fault where tests failed, however the command ended', async () => {
  expect((await judgeFile(junitOf(4, 2))).fault).toBe('2 passed, 2 failed, and exit code 0')
})
