import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { intrude, planIntrusion } from '../support/intrude.ts'
import { copySmallProject } from '../support/project.ts'
import { expectVerdict, failureOf, problemsOf, stepOf } from '../support/read-evidence.ts'
import { OpenRehearsal } from '../support/stage.ts'

const contraband = "INSERT INTO books VALUES (1001, 'Contraband', 'hill')"
const sold = "UPDATE branches SET name = 'Sold' WHERE code = 'hill'"

/** Writes to production behind the harness's back, each with what must be told of it. */
const writes: Readonly<Record<string, readonly string[]>> = {
  // An insert that was taken back.
  "BEGIN; INSERT INTO loan_policies (branch_code, loan_days, source) VALUES ('hill', 1, 'nobody'); ROLLBACK":
    ['sequence loan_policies_id_seq: 1 (not called) in production at entry, 1 in production now'],
  [contraband]: ['rows of books: 1000 in production at entry, 1001 in production now'],
  [sold]: [
    'content of branches differs between production at entry and production now, with the same number of rows',
  ],
  // A row that a measure counts.
  "INSERT INTO approvals (approved_by) VALUES ('nobody')": [
    'measure approvals: 0 in production at entry, 1 in production now',
    'rows of approvals: 0 in production at entry, 1 in production now',
    'sequence approvals_id_seq: 1 (not called) in production at entry, 1 in production now',
  ],
  'CREATE TABLE loot ()': [
    'rows of loot: absent in production at entry, 0 in production now',
    'table public.loot is in production now only',
  ],
}
const written = ['approvals', 'books', 'branches', 'loan_policies', 'loot']

describe('production that is written to during the run', () => {
  it('is found by its second probe, each write by what it left and by its counter, and by the spec', async () => {
    await using project = await copySmallProject()
    const statement = Object.keys(writes).join(';\n')
    await planIntrusion(project, { database: 'library', statement })
    const { exitCode, output, evidence } = await project.rehearse(
      'specs/golden-backup',
      'specs/rollback/2',
      'specs/isolation',
    )
    expectVerdict('fail', { exitCode, output, evidence })
    expect(failureOf(evidence, 'has an empty effect')).toBe('')
    const told = Object.values(writes).flat()
    const { isolation = [], ...others } = problemsOf(evidence)
    expect(others).toEqual({})
    expect(isolation.slice(0, told.length).toSorted()).toEqual(told.toSorted())
    expect(isolation.slice(told.length)).toEqual(
      written.map((table) =>
        expect.stringMatching(new RegExp(`^writes to public.${table}: .* at entry, .* now$`)),
      ),
    )
    for (const sentence of told) expect(evidence.reasons).toContain(`isolation: ${sentence}`)
    expect(unwrap(output)).toContain(isolation[0])
    // Golden was left alone, and so is not saved.
    expect(stepOf(evidence, 'isolation').facts['goldenSavedTo']).toBeNull()

    expect(failureOf(evidence, 'finds production as it was')).toContain(
      'after isolation: measure "approvals" is 1, expected 0',
    )
    expect(evidence.production.before['approvals']).toBe(0)
    expect(evidence.production.after['approvals']).toBe(1)
  })
})

describe('a golden clone that is touched during the run', () => {
  it('is found by a row more and a row changed, and its dump from before is saved', async () => {
    await using project = await copySmallProject()
    await using rehearsal = await OpenRehearsal.open(project)
    await rehearsal.reach('golden-backup', 'gate-revoke')
    await intrude(rehearsal.socketPath, 'library_golden', `${contraband};\n${sold}`)
    const evidence = await rehearsal.reach('isolation')
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)).toEqual({
      isolation: [
        'rows of books: 1000 in golden at entry, 1001 in golden now',
        'content of branches differs between golden at entry and golden now, with the same number of rows',
        'writes to public.books: 0 inserted, 0 updated, 0 deleted in golden at entry, 1 inserted, 0 updated, 0 deleted in golden now',
        'writes to public.branches: 0 inserted, 0 updated, 0 deleted in golden at entry, 0 inserted, 1 updated, 0 deleted in golden now',
        'golden as it was before is saved in reports/library_golden.dump',
      ],
    })
    const saved = join(project.path, 'reports/library_golden.dump')
    expect(stepOf(evidence, 'isolation').facts['goldenSavedTo']).toBe(saved)
    expect((await stat(saved)).size).toBe(stepOf(evidence, 'golden-backup').facts['dumpBytes'])
    expect(await readStart(saved)).toBe('PGDMP')
  })
})

/** The terminal breaks lines where they are full. */
function unwrap(output: string): string {
  return output.replace(/\s+/g, ' ')
}

/** The first five bytes: the mark of pg_dump's custom format. */
async function readStart(path: string): Promise<string> {
  await using file = await open(path)
  const { buffer } = await file.read({ buffer: Buffer.alloc(5) })
  return buffer.toString()
}
