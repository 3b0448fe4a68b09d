import { AsyncLocalStorage } from 'node:async_hooks'

/** On whose behalf a statement is sent. */
export interface Sender {
  /** `baseline`, `measure gap`, `spec of T3` … */
  readonly by: string
  /** The harness's own text, a canary write, or a text that the project gave: a measure, a view, a spec's query. */
  readonly kind: 'harness' | 'canary' | 'project'
}

const storage = new AsyncLocalStorage<Sender>()

/** Runs work whose statements, down to the last, are sent on behalf of the sender. */
export function onBehalfOf<T>(sender: Sender, work: () => T): T {
  return storage.run(sender, work)
}

/** The innermost sender that work was given to. */
export function currentSender(): Sender {
  return storage.getStore() ?? { by: 'harness', kind: 'harness' }
}
