import type { Step } from '../evidence/schema.ts'
import { plainText } from './text.ts'
import { formatBytes, formatDuration, formatInteger } from './units.ts'

type Facts = Step['facts']
type Fact = Facts[string]

/**
 * An act's facts as phrases: `exitCode: 3` reads `exit 3`, `dumpBytes` a size, `waitMs` a time, `lastLine` itself.
 * `quote` sets text apart as the report at hand does.
 */
export function formatFacts(facts: Facts, quote: (text: string) => string = (text) => text): string[] {
  return Object.entries(facts).flatMap(([name, fact]) => {
    if (name === 'exitCode') return [`exit ${String(fact)}`]
    if (name === 'lastLine' && typeof fact === 'string') return fact === '' ? [] : [quote(plainText(fact))]
    const value = formatValue(name, fact, quote)
    return value === null ? [] : [`${formatName(name)} ${value}`]
  })
}

function formatName(name: string): string {
  const words = name.replace(/(Bytes|Ms)(?=[A-Z]|$)/, '').replace(/([a-z0-9])([A-Z])/g, '$1 $2')
  return words.toLowerCase()
}

function formatValue(name: string, fact: Fact, quote: (text: string) => string): string | null {
  if (typeof fact === 'number') return formatNumber(name, fact)
  if (typeof fact === 'boolean') return fact ? 'yes' : 'no'
  if (typeof fact === 'string') return fact === '' ? 'none' : quote(plainText(fact))
  if (fact === null) return 'none'
  if (!Array.isArray(fact)) return formatRecord(fact)
  if (fact.length === 0) return 'none'
  if (fact.length > 8 || fact.some(isCompound)) return `${formatInteger(fact.length)} (see evidence.json)`
  return fact.map((item) => formatValue(name, item, quote)).join(', ')
}

function formatRecord(record: { [key: string]: Fact }): string | null {
  const entries = Object.entries(record)
  if (entries.length === 0) return null
  if (entries.length > 20 || entries.some(([, value]) => isCompound(value))) return '(see evidence.json)'
  return entries.map(([key, value]) => `${key}=${plainText(formatValue(key, value, String) ?? '')}`).join(' ')
}

function formatNumber(name: string, value: number): string {
  if (/Bytes(?=[A-Z]|$)/.test(name)) return formatBytes(value)
  return /Ms(?=[A-Z]|$)/.test(name) ? formatDuration(value) : formatInteger(value)
}

function isCompound(fact: Fact): boolean {
  return typeof fact === 'object' && fact !== null
}
