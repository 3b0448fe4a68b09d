import { describe, expect, it } from 'vitest'
import { Cleanup } from './cleanup.ts'
import { describeError } from '../errors.ts'

describe('Cleanup', () => {
  it('releases everything in reverse order, also what comes after a release that fails, and tells every failure', async () => {
    const released: string[] = []
    const cleanup = new Cleanup()
    cleanup.defer('the first', () => released.push('first'))
    cleanup.defer('the second', () => {
      released.push('second')
      throw new Error('it is stuck')
    })
    cleanup.own('the third', { [Symbol.asyncDispose]: () => Promise.reject(new Error('it is gone')) })
    cleanup.defer('the fourth', () => released.push('fourth'))

    const error: unknown = await cleanup[Symbol.asyncDispose]().catch((reason: unknown) => reason)
    expect(released).toEqual(['fourth', 'second', 'first'])
    expect(describeError(error)).toBe(
      'could not remove the third\ncaused by: it is gone\ncould not remove the second\ncaused by: it is stuck',
    )
  })

  it('releases nothing twice, and not what was taken back', async () => {
    const released: string[] = []
    const cleanup = new Cleanup()
    cleanup.defer('the first', () => released.push('first'))
    cleanup.defer('the second', () => released.push('second'))()
    await cleanup[Symbol.asyncDispose]()
    await cleanup[Symbol.asyncDispose]()
    expect(released).toEqual(['first'])
  })

  it('waits for what is being made, and releases it; what could not be made is the fault of whoever awaits it', async () => {
    const released: string[] = []
    const cleanup = new Cleanup()
    const made = cleanup.ownStarting(
      'a server',
      new Promise<AsyncDisposable>((resolve) =>
        setImmediate(() =>
          resolve({ [Symbol.asyncDispose]: () => Promise.resolve(void released.push('a server')) }),
        ),
      ),
    )
    const failed = cleanup.ownStarting('another', Promise.reject<AsyncDisposable>(new Error('no room')))
    await cleanup[Symbol.asyncDispose]()
    expect(released).toEqual(['a server'])
    await expect(failed).rejects.toThrow('no room')
    await made
  })
})
