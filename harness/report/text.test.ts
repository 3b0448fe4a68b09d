import { describe, expect, it } from 'vitest'
import { briefly, plainText } from './text.ts'

describe('plain text', () => {
  it.for<[string, string]>([
    ['postgres://joe:s3cret@host/db', 'postgres://joe:***@host/db'],
    ['postgresql://joe:s3:cr@t@%2Fsocket:5432/db', 'postgresql://joe:***@%2Fsocket:5432/db'],
    ['PGPASSWORD=s3cret psql', 'PGPASSWORD=*** psql'],
    ["host=h password='s3 \\'cret' user=joe", 'host=h password=*** user=joe'],
    ['?user=joe&password=s3cret&ssl=1', '?user=joe&password=***&ssl=1'],
    ['postgres://joe@host/db', 'postgres://joe@host/db'],
    ['password authentication failed for user "joe"', 'password authentication failed for user "joe"'],
  ])('of %s is %s', ([text, shown]) => {
    expect(plainText(text)).toBe(shown)
  })

  it('has no colours', () => {
    expect(plainText('\u001b[31mred\u001b[39m')).toBe('red')
  })
})

describe('what blocked a step', () => {
  it.each([
    ['T1 failed: relation "loans" already exists', 'T1 failed'],
    [
      'blocked: rollback-1 could not be performed: out of\nmemory: at once',
      'blocked: rollback-1 could not be performed',
    ],
    ['the clone was not made', 'the clone was not made'],
    ['no luck: T1 failed: again', 'no luck: T1 failed: again'],
  ])('is told briefly: %s', (reason, told) => {
    expect(briefly(reason)).toBe(told)
  })
})
