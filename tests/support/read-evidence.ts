import { XmlDocument, type XmlElement } from 'libxml2-wasm'
import type { Evidence, Step, Verdict } from '../../harness/evidence/schema.ts'
import type { Project, Rehearsed } from './project.ts'

const exitCodes: Readonly<Record<Verdict, number>> = { pass: 0, fail: 1, unknown: 2 }

/** The run must have come to this verdict and its exit code; what it printed is told where it has not. */
export function expectVerdict(verdict: Verdict, { exitCode, output, evidence }: Rehearsed): void {
  if (evidence.verdict === verdict && exitCode === exitCodes[verdict]) return
  throw new Error(
    `expected ${verdict} and exit ${exitCodes[verdict]}, but found ${evidence.verdict} and exit ${exitCode}:\n${output}`,
  )
}

/** An act or tier, by id. */
export function stepOf({ acts, tiers }: Evidence, id: string): Step {
  const step = [...acts, ...tiers].find((candidate) => candidate.id === id)
  if (step === undefined) throw new Error(`the evidence holds no ${id}`)
  return step
}

/** Every act, then every tier, that did not come to be performed, as `T1 failed`. */
export function notPerformed({ acts, tiers }: Evidence): string[] {
  return [...acts, ...tiers]
    .filter(({ status }) => status !== 'performed')
    .map(({ id, status }) => `${id} ${status}`)
}

/** What the stage found wrong, by act or tier. */
export function problemsOf({ acts, tiers }: Evidence): Record<string, string[]> {
  const found = [...acts, ...tiers].filter(({ problems }) => problems.length > 0)
  return Object.fromEntries(found.map(({ id, problems }) => [id, problems]))
}

/** What a test said when it failed, by the end of its name. */
export function failureOf({ tests }: Evidence, name: string): string {
  const [test, ...others] = tests.filter((candidate) => candidate.name.endsWith(name))
  if (test === undefined || others.length > 0) throw new Error(`not one test has the name ${name}`)
  return test.failures.map(({ message }) => message).join('\n')
}

/** A test as a CI server reads it. */
export interface JunitTest {
  readonly suite: string
  readonly name: string
  readonly outcome: 'passed' | 'skipped' | 'failure' | 'error'
  /** Why it did not pass; empty where it did. */
  readonly message: string
}

/** Every test of the project's JUnit report, in order. */
export async function readJunit(project: Project): Promise<JunitTest[]> {
  using document = XmlDocument.fromString(await project.read('reports/junit.xml'))
  return document.find('//testcase').map((node) => {
    const testcase = node as XmlElement
    const outcome = testcase.find('skipped | failure | error')[0] as XmlElement | undefined
    return {
      suite: testcase.parent?.attr('name')?.value ?? '',
      name: testcase.attr('name')?.value ?? '',
      outcome: (outcome?.name ?? 'passed') as JunitTest['outcome'],
      message: outcome?.attr('message')?.value ?? '',
    }
  })
}
