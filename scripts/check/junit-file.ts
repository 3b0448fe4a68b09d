import { readFile, stat } from 'node:fs/promises'
import { XmlDocument, type XmlElement } from 'libxml2-wasm'

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** Why a file cannot be trusted; completes a sentence that starts with its path. */
export interface ReadingFault {
  readonly fault: string
}

export function isReadingFault(reading: Counts | ReadingFault): reading is ReadingFault {
  return 'fault' in reading
}

/**
 * Counts the tests of a JUnit file. A file that cannot be trusted is a fault, never a zero: missing, not XML, no
 * JUnit, older than `startedAt` (epoch milliseconds), without tests, or at odds with its own totals.
 */
export async function readJunit(path: string, startedAt: number): Promise<Counts | ReadingFault> {
  try {
    const { mtimeMs } = await stat(path)
    if (mtimeMs < startedAt - clockTickMs)
      return { fault: `is of ${new Date(mtimeMs).toISOString()}, an earlier run` }
    return countTests(await readFile(path, 'utf8'))
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return { fault: isMissing ? 'is missing' : `cannot be read: ${String(error)}` }
  }
}

/** A file is stamped with the time of the kernel's last tick, which is up to 10 ms ago. */
const clockTickMs = 10

function countTests(text: string): Counts | ReadingFault {
  const document = XmlDocument.fromString(text)
  try {
    const { root } = document
    if (!/^testsuites?$/.test(root.name)) return { fault: `is no JUnit: its root is <${root.name}>` }
    const tests = root.find('//testcase').length
    const failed = root.find('//testcase[failure or error]').length
    const skipped = root.find('//testcase[skipped and not(failure or error)]').length
    if (tests === 0) return { fault: 'has no tests' }
    const declared = {
      tests: readTotal(root, 'tests'),
      failed: readTotal(root, 'failures') + readTotal(root, 'errors'),
    }
    if (declared.tests !== tests || declared.failed !== failed)
      return {
        fault: `reports ${declared.tests} tests and ${declared.failed} failed, but has ${tests} and ${failed}`,
      }
    return { passed: tests - failed - skipped, failed, skipped }
  } finally {
    document.dispose()
  }
}

function readTotal(root: XmlElement, name: string): number {
  return Number(root.attr(name)?.value ?? 0)
}
