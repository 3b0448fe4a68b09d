import type { Project, Rehearsed } from '../support/project.ts'
import { reversals } from './back-changes.ts'
import { catalogChanges } from './catalog-changes.ts'
import { clusterChanges, contentChanges, rollbackOfRole, serverChange } from './content-changes.ts'
import { copyDeskProject, sow } from './project.ts'

/** Places in a queue, given in the order in which the rows happen to be read, and taken back. */
const unordered = {
  sql: `UPDATE desk.queue AS q SET place = found.place
    FROM (SELECT reader, row_number() OVER () AS place FROM desk.queue) AS found WHERE found.reader = q.reader`,
  back: 'UPDATE desk.queue SET place = NULL WHERE place IS NOT NULL',
}

/** The release as it is: nothing of the desk is changed. */
export async function rehearseNothing(): Promise<Rehearsed> {
  await using project = await copyDeskProject()
  return await project.rehearse()
}

/** T1 alters definitions, T2 writes rows and beyond the database, and neither declares it. */
export async function rehearseTiers(): Promise<Rehearsed> {
  await using project = await copyDeskProject()
  await sow(project, 't1_structure.sql', catalogChanges)
  await sow(project, 't2_seed.sql', [...contentChanges, ...clusterChanges], [serverChange])
  await sow(project, 'rollback.sql', [rollbackOfRole])
  await allowWays(project)
  return await project.rehearse()
}

/** The rollback does not quite take back what T1 declares, and T2 depends on the order in which rows are read. */
export async function rehearseBack(): Promise<Rehearsed> {
  await using project = await copyDeskProject()
  await sow(project, 't1_structure.sql', reversals)
  await sow(project, 't2_seed.sql', [unordered])
  await sow(
    project,
    'rollback.sql',
    [...reversals, unordered].map(({ back }) => ({ sql: back })),
  )
  await declareForward(project)
  return await project.rehearse()
}

/** Lets the release reach beyond its database: that, too, is told by the effect. */
function allowWays(project: Project): Promise<void> {
  const directory = "directory: 'sql/release',\n"
  const reason = "'the effect tells it'"
  return project.edit(
    'rehearsal.config.ts',
    directory,
    `${directory}    allows: { 'alter-system': ${reason}, 'other-database': ${reason} },\n`,
  )
}

/** Declares what the tiers do, so that what is told is the rollback's and the order's. */
async function declareForward(project: Project): Promise<void> {
  const partial = "partial: 'the rollback is what is judged', "
  await project.edit('specs/tiers/t1-structure.spec.ts', '{ created: {', `{ ${partial}created: {`)
  await project.edit('specs/tiers/t1-structure.spec.ts', 'table: 1, view: 1 } })', 'table: 1 } })')
  await project.edit('specs/tiers/t2-seed.spec.ts', 'rows: {', "rows: { 'desk.queue': { updated: 6 }, ")
  await project.edit('specs/rollback/1-first.spec.ts', 'rows: {', `${partial}rows: {`)
  await project.edit('specs/rollback/1-first.spec.ts', '      dropped: { table: 1, view: 1 },\n', '')
  await project.edit(
    'rehearsal.config.ts',
    '  clone: {',
    "  nondeterministic: { 'desk.fees.updated_at': 'the time at which the release ran' },\n  clone: {",
  )
}
