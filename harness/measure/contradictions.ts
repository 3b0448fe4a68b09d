import type { Measures } from '../config/measures.ts'
import type { Figures, Notice } from '../evidence/schema.ts'
import { sqlstate, sqlstateOf, type Session } from '../postgres/session.ts'
import { readForMeasure } from './take-figures.ts'

/** What the declared views show beside the measures. */
export interface ViewReading {
  /** Views that show another figure than the measure, one sentence each. */
  readonly contradictions: readonly string[]
  /** Queries whose view does not exist (yet): they show nothing. */
  readonly missingViews: readonly string[]
}

/** Compares views with measures: every declared view that exists must show the measure's figure. */
export async function readViews(
  session: Session,
  measures: Measures,
  figures: Figures,
): Promise<ViewReading> {
  const contradictions: string[] = []
  const missingViews: string[] = []
  for (const [name, measure] of Object.entries(measures)) {
    const figure = figures[name]
    if ('kinds' in measure || figure === undefined || figure === null) continue
    for (const view of measure.views ?? []) {
      const shown = await readView(session, name, view)
      if (shown === undefined) missingViews.push(view)
      else if (shown !== String(figure)) {
        contradictions.push(`measure "${name}" is ${figure}, but a view shows ${shown}: ${view}`)
      }
    }
  }
  return { contradictions, missingViews }
}

/**
 * `key=value` pairs of a tier's notices. A key that was printed with two values has both, as `4 and 5`, so that it
 * agrees with nothing.
 */
export function readPrinted(notices: readonly Notice[]): Record<string, string> {
  const values = new Map<string, Set<string>>()
  for (const { severity, message } of notices) {
    if (severity !== 'NOTICE') continue
    for (const [, key, value] of message.matchAll(/(?<![\w.-])([A-Za-z][\w.-]*)=([^\s,;)]+)/g)) {
      values.set(key!, (values.get(key!) ?? new Set()).add(value!))
    }
  }
  return Object.fromEntries([...values].map(([key, found]) => [key, [...found].join(' and ')]))
}

/**
 * Compares what the SQL printed with the measures, by a table of printed key → measure. Says, one sentence each,
 * which differ and which were not printed at all.
 */
export function findMisprints(
  notices: readonly Notice[],
  prints: Readonly<Record<string, string>>,
  figures: Figures,
): string[] {
  const printed = readPrinted(notices)
  return Object.entries(prints).flatMap(([key, name]) => {
    const figure = String(figures[name] ?? 'absent')
    if (printed[key] === undefined)
      return [`no notice printed ${key}=…, which must agree with measure "${name}" (${figure})`]
    return printed[key] === figure
      ? []
      : [`printed ${key}=${printed[key]}, but measure "${name}" is ${figure}`]
  })
}

async function readView(session: Session, name: string, query: string): Promise<string | undefined> {
  await session.rows('SAVEPOINT view')
  try {
    const [row] = await readForMeasure(session, name, query)
    await session.rows('RELEASE SAVEPOINT view')
    return String(Object.values(row ?? {})[0])
  } catch (error) {
    if (sqlstateOf(error) !== sqlstate.undefinedTable) throw error
    await session.rows('ROLLBACK TO SAVEPOINT view; RELEASE SAVEPOINT view')
    return undefined
  }
}
