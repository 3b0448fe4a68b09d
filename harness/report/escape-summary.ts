import type { Certificate } from '../evidence/certificate.ts'
import { formatCount, formatInteger } from './units.ts'

/** The outcome of the escape attempts, as a sentence without its full stop. */
export function summariseEscapeAttempts({
  escapeAttempts,
  onProductionServer,
}: Pick<Certificate, 'escapeAttempts' | 'onProductionServer'>): string {
  if (escapeAttempts === null) return 'no escape was attempted'
  const { notConfined, network, attempts } = escapeAttempts
  const tried = attempts.filter(({ outcome }) => outcome !== 'not tried')
  const count = (wanted: string) => tried.filter(({ outcome }) => outcome === wanted).length
  const others = (['reached', 'unclear'] as const)
    .filter((outcome) => count(outcome) > 0)
    .map((outcome) => `, ${formatInteger(count(outcome))} ${outcome}`)
    .join('')
  const absent = attempts.length - tried.length
  return [
    `${formatCount(tried.length, 'attempt')}, ${formatInteger(count('refused'))} refused${others}`,
    ...(absent === 0 ? [] : [`${formatInteger(absent)} not available on this server`]),
    ...(onProductionServer === null ? [] : ['the server is production’s own']),
    notConfined === null
      ? onProductionServer === null
        ? `server and psql without a network (${network.join(', ') || 'no interface'})`
        : 'psql without a network'
      : `not confined: ${notConfined}`,
  ].join('; ')
}

/** Production at exit compared with entry, as a sentence without its full stop. */
export function summariseProductionAtExit(exit: Certificate['exit']): string {
  if (exit === null) return 'not read again'
  const { activity, changed, left } = exit
  const state = activity === null ? 'not known to be quiet or live' : `${activity.state}, ${activity.by}`
  const differs =
    changed.length === 0
      ? 'as at entry in every respect, including write counters'
      : activity?.state === 'live'
        ? `${formatCount(changed.length, 'change')} since entry; equality is not claimed`
        : `${formatCount(changed.length, 'difference')} from entry`
  return `${state}: ${differs}; ${left.length === 0 ? 'no traces of ours left' : `${formatCount(left.length, 'trace')} of ours left`}`
}
