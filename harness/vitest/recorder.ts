import { relative, sep } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node'
import type { TestRecord } from '../evidence/schema.ts'
import type { Fault } from '../evidence/judge.ts'
import { notSelected } from '../evidence/skip-reason.ts'
import { toProjectStack } from './project-stack.ts'

interface RecordedError {
  readonly name?: string
  readonly message: string
  readonly stack?: string
  readonly diff?: string
  /** Of a RehearsalError. */
  readonly hint?: string
  readonly cause?: { readonly message: string }
}

interface Hooks {
  onTest(test: TestRecord): void
  /** What a spec file printed by console.log. */
  onPrinted(text: string): void
  /** Why a test that did not run was not selected; null where all were. */
  readonly selection: string | null
}

/** Records every collected test exactly once, in order, with what made it fail or be skipped. */
export class Recorder implements Reporter {
  readonly tests: TestRecord[] = []
  /** What went wrong outside of any test. */
  readonly faults: Fault[] = []
  readonly #hooks: Hooks
  readonly #collected = new Set<string>()
  /** Test id → name within its file; a second test of one name has a number, so that its result counts, too. */
  readonly #names = new Map<string, string>()
  #root = ''

  constructor(hooks: Hooks) {
    this.#hooks = hooks
  }

  onInit(vitest: Vitest): void {
    this.#root = vitest.config.root
  }

  onTestModuleCollected(module: TestModule): void {
    const file = this.#file(module)
    const namesakes = new Map<string, number>()
    for (const { id, fullName } of module.children.allTests()) {
      const count = (namesakes.get(fullName) ?? 0) + 1
      namesakes.set(fullName, count)
      const name = count === 1 ? fullName : `${fullName} (${count})`
      this.#names.set(id, name)
      this.#collected.add(`${file} ${name}`)
      if (count === 2)
        this.faults.push({ verdict: 'unknown', reason: `${file}: two tests have the name "${fullName}"` })
    }
  }

  onTestCaseResult(test: TestCase): void {
    this.#record(test)
  }

  onTestModuleEnd(module: TestModule): void {
    // Tests that never came to run (cancelled, filtered out) have no result of their own.
    for (const test of module.children.allTests()) this.#record(test)
    const errors = [
      ...module.errors(),
      ...[...module.children.allSuites()].flatMap((suite) => suite.errors()),
    ]
    if (errors.length === 0) return
    this.#add({
      file: this.#file(module),
      name: 'is loaded',
      step: null,
      declares: null,
      status: 'error',
      durationMs: 0,
      reason: null,
      failures: errors.map((error) => toFailure(error, this.#root)),
    })
  }

  onTestRunEnd(_modules: readonly TestModule[], errors: readonly RecordedError[]): void {
    for (const error of errors) {
      const cause = error.cause === undefined ? '' : `: ${error.cause.message}`
      this.faults.push({
        verdict: 'unknown',
        reason: `outside of any test: ${plain(error.message + cause)}`,
      })
    }
    const recorded = new Set(this.tests.map(({ file, name }) => `${file} ${name}`))
    for (const name of [...this.#collected].filter((candidate) => !recorded.has(candidate))) {
      this.faults.push({ verdict: 'unknown', reason: `a collected test vanished: ${name}` })
    }
  }

  onUserConsoleLog({ content }: { content: string }): void {
    this.#hooks.onPrinted(content)
  }

  #file(module: TestModule): string {
    return relative(this.#root, module.moduleId).split(sep).join('/')
  }

  #record(test: TestCase): void {
    const file = this.#file(test.module)
    const name = this.#names.get(test.id) ?? test.fullName
    if (this.tests.some((known) => known.file === file && known.name === name)) return
    const result = test.result()
    for (const bent of describeBent(test))
      this.faults.push({ verdict: 'unknown', reason: `${file}: ${name}: ${bent}` })
    const errors = (result.errors ?? []) as readonly RecordedError[]
    const meta = test.meta() as { step?: string; declares?: { partial: string | null } }
    this.#add({
      file,
      name,
      step: meta.step ?? null,
      declares: meta.declares ?? null,
      status: toStatus(result.state, errors),
      durationMs: test.diagnostic()?.duration ?? 0,
      reason:
        result.state === 'skipped'
          ? this.#skipReason(result.note)
          : result.state === 'pending'
            ? 'never ran'
            : null,
      failures: errors.map((error) => toFailure(error, this.#root)),
    })
  }

  #skipReason(note: string | undefined): string {
    if (note !== undefined) return note
    return this.#hooks.selection === null ? 'skipped without a reason' : notSelected(this.#hooks.selection)
  }

  #add(test: TestRecord): void {
    this.tests.push(test)
    this.#hooks.onTest(test)
  }
}

/** Options of Vitest under which a pass shows nothing, on the test itself or on a suite around it. */
function describeBent(test: TestCase): string[] {
  const { fails, retry, repeats, concurrent } = test.options
  return [
    ...(fails === true ? ['it is expected to fail ("fails"), so its pass shows the opposite'] : []),
    ...(retry !== undefined && retry !== 0 ? ['it is retried when it fails ("retry")'] : []),
    ...(repeats !== undefined && repeats !== 0 ? ['it is repeated ("repeats")'] : []),
    ...(concurrent === true ? ['it runs at the same time as others ("concurrent"), on one database'] : []),
  ]
}

/** A RehearsalError is trouble of the harness or of the spec itself: nothing was shown about the release. */
function toStatus(
  state: 'passed' | 'failed' | 'skipped' | 'pending',
  errors: readonly RecordedError[],
): TestRecord['status'] {
  if (state === 'pending') return 'error'
  if (state === 'failed') return errors.every(({ name }) => name === 'RehearsalError') ? 'error' : 'failed'
  return state
}

function toFailure(
  { message, stack, diff, hint }: RecordedError,
  root: string,
): TestRecord['failures'][number] {
  const whole = [
    message,
    ...(diff === undefined ? [] : [diff]),
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
  ]
  return {
    message: plain(whole.join('\n')),
    stack: stack === undefined ? null : toProjectStack(plain(stack), root),
  }
}

function plain(text: string): string {
  return stripVTControlCharacters(text)
}
