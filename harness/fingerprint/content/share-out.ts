import type { Session } from '../../postgres/session.ts'

/** Something to be done by whichever session is free. */
export type Task<T> = (session: Session) => Promise<T>

/**
 * Has tasks done by several sessions, each of which takes the next one as soon as it is free. Ends with the last task,
 * also where a session has not come by then. The first failure is thrown, and no task is begun after it.
 */
export function shareOut<T>(tasks: readonly Task<T>[], sessions: readonly Promise<Session>[]): Promise<T[]> {
  return new Promise((resolve, reject) => {
    const results: T[] = []
    let [next, open] = [0, tasks.length]
    if (open === 0) resolve(results)
    const work = async (coming: Promise<Session>): Promise<void> => {
      const session = await coming
      while (next < tasks.length) {
        const index = next++
        results[index] = await tasks[index]!(session)
        if (--open === 0) resolve(results)
      }
    }
    for (const coming of sessions) {
      work(coming).catch((error: unknown) => {
        next = tasks.length
        reject(error)
      })
    }
  })
}
