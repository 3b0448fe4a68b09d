/** One thing that the project must pass: an npm script, and the JUnit file that it leaves, if it does. */
export interface Step {
  readonly name: string
  readonly script: string
  readonly junit?: string
}

/** Cheap, and independent of each other: they run side by side. */
export const staticSteps: readonly Step[] = [
  { name: 'types', script: 'check:types' },
  { name: 'lint', script: 'check:lint' },
  { name: 'format', script: 'check:format' },
  { name: 'dead code', script: 'check:dead' },
  { name: 'SQL', script: 'check:sql' },
]

/** What is slow by nature: containers, other versions, other tools, long series. */
const farStep: Step = { name: 'far tests', script: 'check:far', junit: 'reports/far-junit.xml' }

/** Each wants the machine for itself: one after the other. The far tests run where `CI` is set. */
export function listTestSteps({ CI }: NodeJS.ProcessEnv): readonly Step[] {
  return [
    { name: "harness's own tests", script: 'check:harness', junit: 'reports/harness-junit.xml' },
    { name: 'rehearsal', script: 'test', junit: 'reports/junit.xml' },
    ...(CI ? [farStep] : []),
  ]
}

/** The JUnit file of the check itself: one test a step. */
export const checkJunit = 'reports/check-junit.xml'
