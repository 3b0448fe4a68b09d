import { describe, expect, it } from 'vitest'
import { Cleanup } from './process/cleanup.ts'
import { describeError, RehearsalError } from './errors.ts'

describe('describeError', () => {
  it('tells message, hint and causes, a line each', () => {
    const cause = new Error('ENOSPC')
    const error = new RehearsalError('CACHE_FAILED', 'it could not be kept', { hint: 'make room', cause })
    expect(describeError(error)).toBe('it could not be kept\nhint: make room\ncaused by: ENOSPC')
  })

  it('tells the hint of any error that has one, and whatever else is thrown', () => {
    expect(describeError(Object.assign(new Error('missing'), { hint: 'install it' }))).toBe(
      'missing\nhint: install it',
    )
    expect(describeError('a text')).toBe('a text')
  })

  it('tells an error and, after it, what failed in clearing up after it', async () => {
    const thrown: unknown = await failTwice().catch((error: unknown) => error)
    expect(describeError(thrown)).toBe(
      'the work failed\nhint: mend it\ncould not remove the rest\ncaused by: it is stuck',
    )
  })
})

async function failTwice(): Promise<void> {
  await using cleanup = new Cleanup()
  cleanup.defer('the rest', () => Promise.reject(new Error('it is stuck')))
  throw new RehearsalError('CLUSTER_FAILED', 'the work failed', { hint: 'mend it' })
}
