import { expect, it } from 'vitest'
import { renderMarkdown } from '../../harness/report/markdown.ts'
import { copySmallProject } from '../support/project.ts'
import { problemsOf, stepOf } from '../support/read-evidence.ts'
import { OpenRehearsal } from '../support/stage.ts'
import { printDumpLoss, readDumpLosses } from '../../harness/evidence/dump-loss-fact.ts'

/** Cron's table is made by hand, with the names and columns of pg_cron's, which is not installed everywhere. */
const administration = `-- What leads to other servers, or runs by itself.
CREATE EXTENSION postgres_fdw;
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'far.example', dbname 'library', port '5432');
CREATE USER MAPPING FOR librarian SERVER far OPTIONS (user 'u', password 'planted-password');
CREATE FOREIGN TABLE public.far_books (id integer) SERVER far OPTIONS (table_name 'books', schema_name 'public');
CREATE SUBSCRIPTION news CONNECTION 'host=far.example dbname=x password=planted-password' PUBLICATION p
  WITH (connect = false, slot_name = 'precious');
CREATE SCHEMA cron;
CREATE TABLE cron.job (jobid bigint PRIMARY KEY, command text, active boolean NOT NULL DEFAULT true);
INSERT INTO cron.job VALUES (1, 'DELETE FROM loans', true), (2, 'VACUUM', false);
`

const blanked = [
  'subscription news: left out, its slot untouched',
  'server far: without its options dbname, host, port',
  'user mapping librarian on far: without its options',
  'cron.job: 1 job switched off (active)',
]

it('the clone of a production that leads elsewhere is blanked, and told to differ by that alone', async () => {
  await using project = await copySmallProject()
  await project.write('sql/production/administration.sql', administration)
  await project.edit(
    'rehearsal.config.ts',
    "script: 'sql/production/make.sql',",
    "script: 'sql/production/make.sql', administration: 'sql/production/administration.sql',",
  )
  await using rehearsal = await OpenRehearsal.open(project)
  const evidence = await rehearsal.reach('golden-backup', 'divergence')
  expect(problemsOf(evidence)).toEqual({})
  const clone = stepOf(evidence, 'clone')
  const { facts } = clone
  expect(facts['blanked']).toEqual(blanked)
  expect(readDumpLosses(clone).map(printDumpLoss)).toEqual([
    expect.stringMatching(/^blanked: server far, options \{host=far\.example,.* → not set$/),
    'blanked: table cron.job, active true → false',
    'option order: foreign table public.far_books, foreign options {table_name=books,schema_name=public} → {schema_name=public,table_name=books}',
    'subscription: subscription library.news, left out',
    expect.stringMatching(
      /^user mapping: user mapping librarian on far, digest of the options \w{60}… → not set$/,
    ),
  ])
  expect(facts['releaseRole']).toEqual([])
  // A copy of production in its own cluster takes no subscription along.
  expect(stepOf(evidence, 'golden-backup').facts['blanked']).toEqual(blanked.slice(1))
  const told = renderMarkdown(evidence)
  for (const sentence of blanked) expect(told).toContain(sentence)
  expect(told + JSON.stringify(evidence)).not.toContain('planted-password')
})
