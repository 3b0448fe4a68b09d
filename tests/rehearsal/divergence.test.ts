import { describe, expect, it } from 'vitest'
import { copySmallProject, type Project } from '../support/project.ts'
import { expectVerdict, notPerformed, problemsOf, stepOf } from '../support/read-evidence.ts'

const experiments = 'sql/golden/experiments.sql'
const config = 'rehearsal.config.ts'

async function experiment(project: Project, sql: string): Promise<void> {
  await project.write(experiments, `${await project.read(experiments)}${sql};\n`)
}

describe('a divergence that nobody declared', () => {
  it('by a row more in a table that was not declared is told with table and figures', async () => {
    await using project = await copySmallProject()
    await experiment(project, "INSERT INTO books VALUES (1001, 'Left behind', 'hill')")
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('fail', { exitCode, output, evidence })
    expect(notPerformed(evidence)).toEqual([])
    const unexplained = 'unexplained divergence: rows of books is 1001 in golden, 1000 here'
    expect(problemsOf(evidence)['divergence']).toEqual([
      unexplained,
      'unexplained divergence: books has 1 rows in golden only, 0 here only, 0 changed (1001)',
    ])
    expect(output.replace(/\s+/g, ' ')).toContain(unexplained)
    expect(evidence.divergences).toContainEqual({
      title: null,
      subject: 'rows of books',
      golden: 1001,
      rehearsal: 1000,
      declared: false,
      cause: null,
      rows: [],
    })
  })

  it("by the content of a table of production's own is told with the row", async () => {
    await using project = await copySmallProject()
    await experiment(project, "UPDATE branches SET name = 'Sold' WHERE code = 'hill'")
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('fail', { exitCode, output, evidence })
    expect(problemsOf(evidence)['divergence']).toEqual([
      'unexplained divergence: branches has 0 rows in golden only, 0 here only, 1 changed (hill)',
    ])
  })

  it('by a measure is told with both figures', async () => {
    await using project = await copySmallProject()
    await experiment(project, "INSERT INTO approvals (approved_by) VALUES ('nobody')")
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('fail', { exitCode, output, evidence })
    expect(problemsOf(evidence)['divergence']).toContain(
      'unexplained divergence: approvals is 2 in golden, 1 here',
    )
  })

  it('by a table that golden alone has is told', async () => {
    await using project = await copySmallProject()
    await experiment(project, 'CREATE TABLE scratch ()')
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('fail', { exitCode, output, evidence })
    expect(problemsOf(evidence)['divergence']).toContain(
      'unexplained divergence: table public.scratch is in golden only',
    )
  })

  it('is also one that was declared until its declaration was taken away', async () => {
    await using project = await copySmallProject()
    const text = await project.read(config)
    await project.write(config, text.replace(/divergences: \[[\s\S]*\],\n\}\)/, 'divergences: [],\n})'))
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('fail', { exitCode, output, evidence })
    expect(problemsOf(evidence)['divergence']).toEqual([
      'unexplained divergence: terms is 6 in golden, 5 here',
      'unexplained divergence: rows of axis_terms is 6 in golden, 5 here',
      'unexplained divergence: axis_terms has 1 rows in golden only, 0 here only, 0 changed ((harbour,35))',
    ])
  })
})

describe('a declared divergence', () => {
  it('that no longer occurs is told', async () => {
    await using project = await copySmallProject()
    await project.write(
      experiments,
      '-- Nothing was tried, and nothing had been otherwise the day before.\nSELECT 1;\n',
    )
    await project.write('sql/golden/rewind.sql', '-- The same day.\nSELECT 1;\n')
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('fail', { exitCode, output, evidence })
    expect(problemsOf(evidence)['divergence']).toEqual([
      'declared rewind no longer occurs: policy_proposals has the same rows in both',
      'declared divergence no longer occurs: terms is 5 in both',
      'declared divergence no longer occurs: axis_terms has the same rows in both',
    ])
    expect(evidence.reasons).toContain('divergence: declared divergence no longer occurs: terms is 5 in both')
    expect(evidence.divergences).toMatchObject([{ title: 'terms', golden: 5, rehearsal: 5, rows: [] }])
  })

  it('as the rewind of a table, is told where that is the same in both', async () => {
    await using project = await copySmallProject()
    await project.edit(config, "rewound: ['policy_proposals']", "rewound: ['policy_proposals', 'books']")
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('fail', { exitCode, output, evidence })
    expect(problemsOf(evidence)).toEqual({
      divergence: ['declared rewind no longer occurs: books has the same rows in both'],
    })
  })

  it('whose rows do not account for it is told with their number', async () => {
    await using project = await copySmallProject()
    await project.edit(config, 'FROM axis_terms ORDER BY', 'FROM axis_terms WHERE is_current ORDER BY')
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('fail', { exitCode, output, evidence })
    expect(problemsOf(evidence)['divergence']).toEqual([
      'divergence not accounted for: 1 rows of axis_terms differ, but the rows of its cause are 0',
      'divergence not accounted for: terms is 6 in golden and 5 here, ' +
        'but of the rows of its cause 0 are only in golden and 0 only here',
    ])
  })

  it('that is larger than the rows of its cause is not accounted for', async () => {
    await using project = await copySmallProject()
    await experiment(project, "INSERT INTO axis_terms VALUES ('hill', 3, false)")
    await project.edit(config, 'FROM axis_terms ORDER BY', 'FROM axis_terms WHERE loan_days = 35 ORDER BY')
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('fail', { exitCode, output, evidence })
    expect(problemsOf(evidence)['divergence']).toEqual([
      'divergence not accounted for: 2 rows of axis_terms differ, but the rows of its cause are 1',
      'divergence not accounted for: terms is 7 in golden and 5 here, ' +
        'but of the rows of its cause 1 are only in golden and 0 only here',
    ])
  })
})

describe('what the dump of production did not carry', () => {
  const stale = `CREATE MATERIALIZED VIEW titles AS SELECT title FROM books;
ALTER MATERIALIZED VIEW titles OWNER TO librarian;
INSERT INTO books VALUES (1001, 'Late arrival', 'hill');
ALTER TABLE books DISABLE TRIGGER ALL;
`

  async function copyStale(): Promise<Project> {
    const project = await copySmallProject()
    await project.write('sql/production/administration.sql', stale)
    await project.edit(
      config,
      "script: 'sql/production/make.sql',",
      "script: 'sql/production/make.sql', administration: 'sql/production/administration.sql',",
    )
    return project
  }

  it('is told of golden as well, and is no divergence', async () => {
    await using project = await copyStale()
    const { evidence } = await project.rehearse('specs/divergence')
    const notCarried = [
      ...['ins', 'upd'].map(
        (event) =>
          `disabled constraint trigger: trigger public.books.for constraint public.books.books_branch_fk by "RI_FKey_check_${event}"(), enabled disabled → origin`,
      ),
      'stale materialized view: titles, rows',
    ]
    for (const id of ['golden', 'clone', 'divergence']) {
      expect(stepOf(evidence, id)).toMatchObject({ status: 'performed', problems: [], facts: { notCarried } })
    }
  })

  it('is one where golden or the clone was changed since', async () => {
    await using project = await copyStale()
    await experiment(
      project,
      "INSERT INTO books VALUES (1002, 'Left', 'hill'); REFRESH MATERIALIZED VIEW titles",
    )
    const { evidence } = await project.rehearse('specs/divergence')
    expect(problemsOf(evidence)['divergence']).toEqual(
      expect.arrayContaining(['unexplained divergence: rows of titles is 1002 in golden, 1001 here']),
    )
  })
})
