import type { Step } from '../evidence/schema.ts'

/** What a tier printed about itself: its notices that hold figures such as `waiting=0`, else its last one. */
export function findSummaries({ notices }: Step): string[] {
  const messages = notices.filter((notice) => notice.severity === 'NOTICE').map((notice) => notice.message)
  const withFigures = messages.filter((message) => /[\w)]\s?=\s?\S/.test(message))
  return withFigures.length > 0 ? withFigures : messages.slice(-1)
}
