import type { Evidence, Step } from '../../harness/evidence/schema.ts'
import { copyOwnProject, type Project } from './project.ts'

const production = `script: 'sql/production/make.sql',\n`

/**
 * Copies One-Roof with a slim production: the two big tables are small, every other figure is as it is. `amend` is SQL that
 * changes production further.
 */
export async function copySlimOneRoof(amend?: string): Promise<Project> {
  const project = await copyOwnProject()
  await declareProduction(project, `variables: { entity_labels: '5000', system_issues: '1000' }`)
  if (amend !== undefined) await declareProduction(project, `amend: \`${amend}\``)
  return project
}

function declareProduction(project: Project, entry: string): Promise<void> {
  return project.edit('rehearsal.config.ts', production, `${production}    ${entry},\n`)
}

/** Lets a tier do more than it should: behind its own checks, within its transaction. */
export function sneakIn(project: Project, file: string, statement: string): Promise<void> {
  return project.edit(`sql/release/${file}`, '\nCOMMIT;\n', `\n${statement};\n\nCOMMIT;\n`)
}

/** A condition that production meets today and golden, which was rewound to the day before, does not. */
export const isToday = `EXISTS (SELECT FROM public.gov_events WHERE occurred_at >= '2026-06-02 08:00+00')`

/** Names of the tests that did not pass, without those that were skipped, in order, with what they say. */
export function failuresOf({ tests }: Evidence): Record<string, string> {
  const failed = tests.filter(({ status }) => status === 'failed' || status === 'error')
  return Object.fromEntries(
    failed.map(({ name, failures }) => [name, failures.map(({ message }) => message).join('\n')]),
  )
}

/** Acts and tiers by id. */
export function stepsOf({ acts, tiers }: Evidence): Record<string, Step> {
  return Object.fromEntries([...acts, ...tiers].map((step) => [step.id, step]))
}
