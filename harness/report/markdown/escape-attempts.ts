import type { Evidence, Step } from '../../evidence/schema.ts'
import { formatCount } from '../units.ts'
import { bullets, escapeText } from './syntax.ts'

/** Facts of the clone that have lines of their own, and no place in its bullet. */
export const blankingFacts = ['blanked', 'releaseRole']

/** What the clone does not have of production, so that nothing in it reaches elsewhere, and what its role may do. */
export function renderEscapeAttempts({ acts }: Evidence): string[] {
  const clone = acts.find(({ id }) => id === 'clone')
  const [blanked, powers] = blankingFacts.map((name) => readTexts(clone?.facts[name]))
  return [
    ...renderList(blanked!, 'Blanked on the clone, so that nothing in it reaches another server'),
    ...renderList(powers!, 'What the release role may do beyond its database'),
  ]
}

function renderList(texts: readonly string[], title: string): string[] {
  return texts.length === 0
    ? []
    : [`${title}, ${formatCount(texts.length, 'instance')}:`, bullets(texts.map(escapeText))]
}

function readTexts(fact: Step['facts'][string] | undefined): string[] {
  return Array.isArray(fact) ? fact.map(String) : []
}
