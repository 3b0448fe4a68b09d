import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { planIntrusion } from '../support/intrude.ts'
import { copySmallProject } from '../support/project.ts'
import { expectVerdict, failureOf, notPerformed, problemsOf, stepOf } from '../support/read-evidence.ts'

/** What a write to production behind the harness's back must make of the run. */
const writes = {
  'a row more': {
    statement: "INSERT INTO books VALUES (1001, 'Contraband', 'hill')",
    table: 'public.books',
    problems: ['rows of books: 1000 in production at entry, 1001 in production now'],
  },
  'a row changed': {
    statement: "UPDATE branches SET name = 'Sold' WHERE code = 'hill'",
    table: 'public.branches',
    problems: [
      'content of branches differs between production at entry and production now, at the same number of rows',
    ],
  },
  'a row that a measure counts': {
    statement: "INSERT INTO approvals (approved_by) VALUES ('nobody')",
    table: 'public.approvals',
    problems: [
      'measure approvals: 0 in production at entry, 1 in production now',
      'rows of approvals: 0 in production at entry, 1 in production now',
      'sequence approvals_id_seq: 1 (not called) in production at entry, 1 in production now',
    ],
  },
  'an insert that was taken back': {
    statement: "BEGIN; INSERT INTO approvals (approved_by) VALUES ('nobody'); ROLLBACK",
    table: 'public.approvals',
    problems: ['sequence approvals_id_seq: 1 (not called) in production at entry, 1 in production now'],
  },
  'a table made': {
    statement: 'CREATE TABLE loot ()',
    table: 'public.loot',
    problems: [
      'rows of loot: absent in production at entry, 0 in production now',
      'table public.loot is in production now only',
    ],
  },
} as const

describe('production that is written to during the run', () => {
  for (const [what, { statement, table, problems }] of Object.entries(writes)) {
    it(`is found by its second probe: ${what}`, async () => {
      await using project = await copySmallProject()
      await planIntrusion(project, { database: 'library', statement })
      const { exitCode, output, evidence } = await project.rehearse()
      expectVerdict('fail', { exitCode, output, evidence })
      expect(notPerformed(evidence)).toEqual([])
      expect(failureOf(evidence, 'has an empty effect')).toBe('')
      const counted = expect.stringMatching(new RegExp(`^writes to ${table}: .* at entry, .* now$`))
      expect(problemsOf(evidence)).toEqual({ isolation: [...problems, counted] })
      expect(evidence.reasons).toContain(`isolation: ${problems[0]}`)
      expect(unwrap(output)).toContain(problems[0])
      // Golden was left alone, and so is not saved.
      expect(stepOf(evidence, 'isolation').facts['goldenSavedTo']).toBeNull()
    })
  }

  it('fails the spec, too, that compares its measures', async () => {
    await using project = await copySmallProject()
    await planIntrusion(project, {
      database: 'library',
      statement: "INSERT INTO approvals (approved_by) VALUES ('nobody')",
    })
    const { evidence } = await project.rehearse()
    expect(failureOf(evidence, 'finds production as it was')).toContain(
      'after isolation: measure "approvals" is 1, expected 0',
    )
    expect(evidence.production.before['approvals']).toBe(0)
    expect(evidence.production.after['approvals']).toBe(1)
  })
})

describe('a golden clone that is touched during the run', () => {
  it('is found by a row more, and its dump from before is saved and told', async () => {
    await using project = await copySmallProject()
    const statement = "INSERT INTO books VALUES (1001, 'Contraband', 'hill')"
    await planIntrusion(project, { database: 'library_golden', statement })
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('fail', { exitCode, output, evidence })
    expect(problemsOf(evidence)).toEqual({
      isolation: [
        'rows of books: 1000 in golden at entry, 1001 in golden now',
        'golden as it was before is saved in reports/library_golden.dump',
      ],
    })
    const saved = join(project.path, 'reports/library_golden.dump')
    expect(stepOf(evidence, 'isolation').facts['goldenSavedTo']).toBe(saved)
    expect((await stat(saved)).size).toBe(stepOf(evidence, 'golden').facts['dumpBytes'])
    expect(await readStart(saved)).toBe('PGDMP')
    const told = 'golden as it was before is saved in reports/library_golden.dump'
    expect(unwrap(output)).toContain(told)
    expect(await project.read('reports/rehearsal.md')).toContain(told)
  })

  it('is found by a row changed', async () => {
    await using project = await copySmallProject()
    const statement = "UPDATE branches SET name = 'Sold' WHERE code = 'hill'"
    await planIntrusion(project, { database: 'library_golden', statement })
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('fail', { exitCode, output, evidence })
    expect(problemsOf(evidence)).toEqual({
      isolation: [
        'content of branches differs between golden at entry and golden now, at the same number of rows',
        'golden as it was before is saved in reports/library_golden.dump',
      ],
    })
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
