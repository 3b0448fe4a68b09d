import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copySmallProject, type Project } from '../support/project.ts'
import { notPerformed, problemsOf, stepOf } from '../support/read-evidence.ts'
import { PreparedClone } from '../support/stage.ts'
import { printDumpLoss, readDumpLosses } from '../../harness/evidence/dump-loss-fact.ts'

const config = 'rehearsal.config.ts'

/** What the dump of production does not carry. */
const stale = `CREATE MATERIALIZED VIEW titles AS SELECT title FROM books;
ALTER MATERIALIZED VIEW titles OWNER TO librarian;
INSERT INTO books VALUES (1001, 'Late arrival', 'hill');
ALTER TABLE books DISABLE TRIGGER ALL;
`

/** What was left behind in golden beside what is declared. */
const left = `INSERT INTO books VALUES (1002, 'Left behind', 'hill');
REFRESH MATERIALIZED VIEW titles;
UPDATE branches SET name = 'Sold' WHERE code = 'hill';
INSERT INTO approvals (approved_by) VALUES ('nobody');
CREATE TABLE scratch ();
INSERT INTO axis_terms VALUES ('hill', 3, false);
UPDATE axis_terms SET loan_days = 99 WHERE branch_code = 'mill';
`

let asDeclared: PreparedClone
let withMore: PreparedClone

beforeAll(async () => {
  asDeclared = await PreparedClone.make(await copyStale(), ['golden-backup', 'escape-attempts'])
  withMore = await PreparedClone.make(await copyExperimented(), ['golden-backup', 'escape-attempts'])
})
afterAll(async () => {
  await asDeclared[Symbol.asyncDispose]()
  await withMore[Symbol.asyncDispose]()
})

async function copyStale(): Promise<Project> {
  const project = await copySmallProject()
  await project.write('sql/production/administration.sql', stale)
  const script = "script: 'sql/production/make.sql',"
  await project.edit(config, script, `${script} administration: 'sql/production/administration.sql',`)
  return project
}

async function copyExperimented(): Promise<Project> {
  const project = await copyStale()
  const experiments = 'sql/golden/experiments.sql'
  await project.write(experiments, `${await project.read(experiments)}${left}`)
  return project
}

describe('what the dump of production did not carry', () => {
  it('is told of golden as well, and is no divergence', async () => {
    await using project = await copyStale()
    const evidence = await asDeclared.rehearse(project, 'divergence')
    const dumpLosses = [
      ...['ins', 'upd'].map(
        (event) =>
          `disabled constraint trigger: trigger public.books.for constraint public.books.books_branch_fk by "RI_FKey_check_${event}"(), enabled disabled → origin`,
      ),
      'stale materialized view: titles, rows',
    ]
    expect(problemsOf(evidence)).toEqual({})
    for (const id of ['golden-backup', 'clone', 'divergence']) {
      const step = stepOf(evidence, id)
      expect([step.status, readDumpLosses(step).map(printDumpLoss)]).toEqual(['performed', dumpLosses])
    }
  })

  it('is one where the clone was changed since', async () => {
    await using project = await copyStale()
    await project.edit(
      'sql/release/t2_seed.sql',
      '\nCOMMIT;\n',
      "\nINSERT INTO public.books VALUES (1002, 'New', 'hill');\nREFRESH MATERIALIZED VIEW public.titles;\nCOMMIT;\n",
    )
    const evidence = await asDeclared.rehearse(project, 'divergence')
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)['divergence']).toContain(
      'unexplained divergence: rows of titles: 1000 in golden, 1002 in the rehearsal',
    )
  })
})

describe('divergences that nobody declared', () => {
  it('are told, each by figure, table and row, as are those that a declaration does not account for', async () => {
    await using project = await copyExperimented()
    const evidence = await withMore.rehearse(project, 'divergence')
    expect(evidence.verdict).toBe('fail')
    expect(notPerformed(evidence)).toEqual([])
    const unexplained = 'unexplained divergence:'
    expect(problemsOf(evidence)).toEqual({
      divergence: [
        `${unexplained} measure approvals: 2 in golden, 1 in the rehearsal`,
        `${unexplained} rows of approvals: 2 in golden, 1 in the rehearsal`,
        `${unexplained} rows of books: 1002 in golden, 1001 in the rehearsal`,
        `${unexplained} rows of scratch: 0 in golden, absent in the rehearsal`,
        // Stale in production, and made anew in golden since.
        `${unexplained} rows of titles: 1002 in golden, 1001 in the rehearsal`,
        `${unexplained} rows of approvals: 1 in golden only, 0 in the rehearsal only, 0 changed (among them (2))`,
        `${unexplained} rows of books: 1 in golden only, 0 in the rehearsal only, 0 changed (among them (1002))`,
        `${unexplained} rows of branches: 0 in golden only, 0 in the rehearsal only, 1 changed (among them (hill))`,
        expect.stringMatching(
          /^unexplained divergence: rows of titles: 1 in golden only, 0 in the rehearsal only, /,
        ),
        `${unexplained} table public.scratch is in golden only`,
        // The row beside the declared one is accounted for by its cause; the one changed is not excused by it.
        'divergence not accounted for: 4 rows of axis_terms differ, but the rows of its cause are 2',
      ],
    })
    expect(evidence.divergences).toContainEqual({
      title: null,
      subject: 'rows of books',
      golden: 1002,
      rehearsal: 1001,
      declared: false,
      cause: null,
      rows: [],
    })
  })

  it('are also those that were declared until their declaration was taken away', async () => {
    await using project = await copyStale()
    const text = await project.read(config)
    await project.write(config, text.replace(/divergences: \[[\s\S]*\],\n\}\)/, 'divergences: [],\n})'))
    const evidence = await asDeclared.rehearse(project, 'divergence')
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)).toEqual({
      divergence: [
        'unexplained divergence: measure terms: 6 in golden, 5 in the rehearsal',
        'unexplained divergence: rows of axis_terms: 6 in golden, 5 in the rehearsal',
        'unexplained divergence: rows of axis_terms: 1 in golden only, 0 in the rehearsal only, 0 changed (among them (harbour,35))',
      ],
    })
  })
})

describe('a declared divergence', () => {
  it('that no longer occurs is told, as is the rewind of a table that is the same in both', async () => {
    await using project = await copyStale()
    await project.edit(config, "rewound: ['policy_proposals']", "rewound: ['policy_proposals', 'branches']")
    const another = `{ title: 'policies', measures: ['policies'], tables: ['loan_policies'], cause: 'none', rows: 'SELECT 1' }`
    await project.edit(config, '  divergences: [\n', `  divergences: [\n    ${another},\n`)
    const evidence = await asDeclared.rehearse(project, 'divergence')
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)).toEqual({
      divergence: [
        'declared rewind no longer occurs: branches has the same rows in both',
        'declared divergence no longer occurs: policies is 5 in both',
        'declared divergence no longer occurs: loan_policies has the same rows in both',
      ],
    })
    expect(evidence.divergences).toContainEqual(
      expect.objectContaining({ title: 'policies', golden: 5, rehearsal: 5, rows: [] }),
    )
  })

  it('whose rows do not account for it is told with their number', async () => {
    await using project = await copyStale()
    await project.edit(config, 'FROM axis_terms ORDER BY', 'FROM axis_terms WHERE is_current ORDER BY')
    const evidence = await asDeclared.rehearse(project, 'divergence')
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)['divergence']).toEqual([
      'divergence not accounted for: 1 rows of axis_terms differ, but the rows of its cause are 0',
      'divergence not accounted for: terms is 6 in golden and 5 here, ' +
        'but of the rows of its cause 0 are only in golden and 0 only here',
    ])
  })

  it('that is larger than the rows of its cause is not accounted for', async () => {
    await using project = await copyExperimented()
    await project.edit(config, 'FROM axis_terms ORDER BY', 'FROM axis_terms WHERE loan_days = 35 ORDER BY')
    const evidence = await withMore.rehearse(project, 'divergence')
    expect(evidence.verdict).toBe('fail')
    expect(problemsOf(evidence)['divergence']).toEqual(
      expect.arrayContaining([
        'divergence not accounted for: 4 rows of axis_terms differ, but the rows of its cause are 1',
        'divergence not accounted for: terms is 7 in golden and 5 here, ' +
          'but of the rows of its cause 1 are only in golden and 0 only here',
      ]),
    )
  })
})
