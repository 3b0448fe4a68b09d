import { printDumpLoss, readDumpLosses } from '../evidence/dump-loss-fact.ts'
import type { Step } from '../evidence/schema.ts'
import { firstLine, plainText } from './text.ts'
import { formatBytes, formatDuration, formatInteger } from './units.ts'

type Facts = Step['facts']
type Fact = Facts[string]
type Quote = (text: string) => string

/** Above this, members of a list or record are only counted. */
const mostMembers = 8

/**
 * An act's facts as phrases: `exitCode: 3` reads `exit 3`, `dumpBytes` a size, `waitMs` a time, the message of an
 * `error` itself; a null says nothing. `quote` sets text apart as the report at hand does.
 */
export function formatFacts(facts: Facts, quote: Quote = (text) => text): string[] {
  return Object.entries(facts).flatMap(([name, value]) => {
    const fact = name === 'dumpLosses' ? readDumpLosses({ facts }).map(printDumpLoss) : value
    if (fact === null) return []
    if (name === 'exitCode' && typeof fact === 'number') return [`exit ${fact}`]
    const message = readMessage(fact)
    if (message !== null) return [quote(firstLine(plainText(message)))]
    return [`${formatName(name)} ${formatValue(name, fact, quote)}`]
  })
}

function readMessage(fact: Fact): string | null {
  if (typeof fact !== 'object' || fact === null || Array.isArray(fact)) return null
  return typeof fact['message'] === 'string' ? fact['message'] : null
}

function formatName(name: string): string {
  const words = name.replace(/(Bytes|Ms)(?=[A-Z]|$)/, '').replace(/([a-z0-9])([A-Z])/g, '$1 $2')
  return words.toLowerCase()
}

function formatValue(name: string, fact: Fact, quote: Quote): string {
  if (typeof fact === 'number') return formatNumber(name, fact)
  if (typeof fact === 'boolean') return fact ? 'yes' : 'no'
  if (fact === null || fact === '') return 'none'
  if (typeof fact === 'string') return quote(plainText(fact))
  const members = Object.entries(fact)
  if (members.length === 0) return 'none'
  if (members.length > mostMembers || members.some(([, member]) => isCompound(member))) {
    return `${formatInteger(members.length)} (in evidence.json)`
  }
  if (Array.isArray(fact)) return fact.map((member) => formatValue(name, member, quote)).join(', ')
  return quote(members.map(([key, member]) => `${key}=${formatValue(key, member, (text) => text)}`).join(' '))
}

function formatNumber(name: string, value: number): string {
  if (/Bytes(?=[A-Z]|$)/.test(name)) return formatBytes(value)
  return /Ms(?=[A-Z]|$)/.test(name) ? formatDuration(value) : formatInteger(value)
}

function isCompound(fact: Fact): boolean {
  return typeof fact === 'object' && fact !== null
}
