import { describe, expect, it } from 'vitest'
import type { Session } from '../../postgres/session.ts'
import { shareOut, type Task } from './share-out.ts'

/** A session that can only be told from others. */
const [first, second]: [Session, Session] = [
  { rows: () => Promise.resolve([]), [Symbol.asyncDispose]: () => Promise.resolve() },
  { rows: () => Promise.resolve([]), [Symbol.asyncDispose]: () => Promise.resolve() },
]
const never = new Promise<Session>(() => undefined)

describe('tasks that are shared out', () => {
  it('give their results in their own order, whoever did them', async () => {
    const done: Session[] = []
    const tasks = ['a', 'b', 'c', 'd'].map((name): Task<string> => (session) => {
      done.push(session)
      return Promise.resolve(name)
    })
    await expect(shareOut(tasks, [Promise.resolve(first), Promise.resolve(second)])).resolves.toEqual([
      'a',
      'b',
      'c',
      'd',
    ])
    expect(done).toContain(first)
    expect(done).toContain(second)
  })

  it('do not wait for a session that has not come', async () => {
    const tasks = [1, 2].map(
      (number): Task<number> =>
        () =>
          Promise.resolve(number),
    )
    await expect(shareOut(tasks, [never, Promise.resolve(second)])).resolves.toEqual([1, 2])
  })

  it('fail with the first that fails, and none is begun after it', async () => {
    const begun: number[] = []
    const tasks = [1, 2, 3].map((number): Task<number> => () => {
      begun.push(number)
      return number === 2 ? Promise.reject(new Error('no second')) : Promise.resolve(number)
    })
    await expect(shareOut(tasks, [Promise.resolve(first)])).rejects.toThrow('no second')
    expect(begun).toEqual([1, 2])
  })

  it('fail where a session cannot come', async () => {
    const coming = Promise.reject(new Error('no session'))
    await expect(shareOut([() => Promise.resolve(1)], [coming, never])).rejects.toThrow('no session')
  })

  it('are over at once where there are none', async () => {
    await expect(shareOut([], [never])).resolves.toEqual([])
  })
})
