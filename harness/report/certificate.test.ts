import { describe, expect, it } from 'vitest'
import type { Evidence } from '../evidence/schema.ts'
import { renderJunit } from './junit.ts'
import { renderMarkdown } from './markdown.ts'
import { readXml } from '../../tests/support/report/junit-schema.ts'
import { rehearseLendingLibrary } from '../../tests/support/report/lending-library.ts'

function sectionOf(evidence: Evidence): string {
  const [, section] = renderMarkdown(evidence).split('## Production certificate\n\n')
  return section!.split('\n## ')[0]!
}

function propertiesOf(evidence: Evidence): Record<string, string> {
  const xml = renderJunit(evidence)
  const properties = '//testsuite[@name="rehearsal"]//property[starts-with(@name, "certificate.")]'
  const values = readXml(xml, `${properties}/@value`)
  return Object.fromEntries(readXml(xml, `${properties}/@name`).map((name, place) => [name, values[place]!]))
}

describe('the certificate of production', () => {
  it('tells in Markdown what was shown, by what, and what was not', () => {
    const section = sectionOf(rehearseLendingLibrary('pass'))
    expect(section).toContain(
      '- **Rights**, read from the catalogs: `reader` has no right to write in `library`, ',
    )
    expect(section).toContain('2 writes tried, each refused for insufficient privilege (42501).')
    expect(section).toContain('4 distinct statements, sent 7 times, all of them permitted; none was refused.')
    expect(section).toContain(
      '- **Program** `pg_dump --no-owner --no-acl`, 1 time for clone: its statements are not recorded.',
    )
    expect(section).toContain('- **Golden**: `reader` has no right to write in `library_golden`')
    expect(section).toContain(
      '| EXECUTE | `FUNCTION lo_creat(integer)`, `FUNCTION lo_create(oid)` | PUBLIC | may make large objects |',
    )
    expect(section).toContain('Not shown: ')
  })

  it('shows long statements shortened in Markdown, those alike in one line, and canaries not again', () => {
    const table = sectionOf(rehearseLendingLibrary('pass')).split(
      'shortened (in full in evidence.json):\n\n',
    )[1]!
    expect(table.split('\n').slice(2, 5)).toEqual([
      '| `SELECT count(*) FROM members` | 1 | 2 | measure members |',
      '| `SELECT count(*) AS rows, coalesce(sum(hash), 0) AS sum, coalesce(sum(hash), 0) AS sum, coalesce(sum(…` | 2 | 4 | baseline, isolation |',
      '',
    ])
  })

  it('says what a role may write that was declared to, and which writes were let in', () => {
    const evidence = rehearseLendingLibrary('pass')
    const right = { right: 'DELETE', on: 'TABLE public.copies', through: 'PUBLIC', means: null, revoke: '' }
    evidence.certificate!.readerMayWrite = 'the host gives no other role'
    evidence.certificate!.rights!.writes.push(right)
    Object.assign(evidence.certificate!.canaries[1]!, { outcome: 'accepted', sqlstate: null })
    const section = sectionOf(evidence)
    expect(section).toContain(
      '**`reader` may write** in `library`, 1 right, declared: the host gives no other role.',
    )
    expect(section).toContain('**1 write accepted**, as declared: `DELETE FROM public.copies WHERE false`.')
    expect(section).toContain('Rights to write:\n\n| Right | On |')
    expect(propertiesOf(evidence)['certificate.readerMayWrite']).toBe('the host gives no other role')
  })

  it('names what was refused and not sent', () => {
    const evidence = rehearseLendingLibrary('pass')
    evidence.certificate!.refused.push({
      statement: "SELECT nextval('a')",
      by: 'measure a',
      why: 'it calls nextval',
    })
    expect(sectionOf(evidence)).toContain(
      "- **Refused**: `SELECT nextval('a')` of measure a: it calls nextval.",
    )
  })

  it('tells the ways to production, and what production was at exit', () => {
    const evidence = rehearseLendingLibrary('pass')
    const section = sectionOf(evidence)
    expect(section).toContain('- **Escape attempts**: 2 attempts, 2 refused; ')
    expect(section).toContain('| `dblink`, `psql \\connect` | refused | No such file or directory |')
    evidence.certificate!.escapeAttempts!.notConfined = 'unshare is not allowed'
    evidence.certificate!.escapeAttempts!.attempts[0]!.outcome = 'reached'
    evidence.certificate!.exit = {
      activity: { state: 'live', by: 'observed' },
      changed: ['rows of copies: 1 in production at entry, 2 in production now'],
      left: ['session 7 (forgotten) as reader: idle'],
    }
    const other = sectionOf(evidence)
    expect(other).toContain(
      '2 attempts, 1 refused, 1 reached; 1 not available on this server; not confined: unshare is not allowed.',
    )
    expect(other).toContain(
      '- **Production at exit**: live, observed: 1 change since entry; equality is not claimed; 1 trace of ours left.',
    )
    Object.assign(evidence.certificate!, { escapeAttempts: null, exit: null })
    expect(sectionOf(evidence)).toContain('**Production at exit**: not read again.')
  })

  it('says that a clone on production’s own server is the weaker proof, and what was done there', () => {
    const evidence = rehearseLendingLibrary('pass')
    expect(sectionOf(evidence)).not.toContain('Beside production')
    evidence.certificate!.onProductionServer = {
      reason: 'no other server is available',
      statements: [{ statement: 'DROP DATABASE copy', kind: 'administration', count: 3, by: ['isolation'] }],
      programs: [{ program: 'psql', arguments: ['-X'], count: 1, by: ['clone'] }],
      refused: [],
    }
    const section = sectionOf(evidence)
    expect(section).toContain(
      '**Beside production**: the clone was on production’s own server, which confines a release less than a server of its own. Declared: no other server is available.',
    )
    expect(section).toContain(
      '1 distinct statement to the server, sent 3 times, each about those databases only; none was refused',
    )
    expect(section).toContain('Statements sent to production’s server for the clone')
    expect(section).toContain(
      'not available on this server; the server is production’s own; psql without a network.',
    )
    expect(propertiesOf(evidence)).toMatchObject({
      'certificate.onProductionServer':
        'the clone was on production’s own server: no other server is available',
    })
  })

  it('stands in JUnit as properties of the run', () => {
    expect(propertiesOf(rehearseLendingLibrary('pass'))).toEqual({
      'certificate.production': 'library',
      'certificate.rights': 'reader: 0 rights to write, 2 more than reading needs, 0 missing',
      'certificate.canaries': '2 writes tried, 0 accepted',
      'certificate.statements': '4 distinct, sent 7 times, 0 refused',
      'certificate.programs': 'pg_dump --no-owner --no-acl',
      'certificate.escapeAttempts':
        '2 attempts, 2 refused; 1 not available on this server; server and psql without a network (lo)',
      'certificate.exit':
        'quiet, declared: as at entry in every respect, including write counters; no traces of ours left',
      'certificate.notShown': expect.stringContaining('pg_dump') as string,
    })
  })

  it('says nothing where production was not entered', () => {
    const evidence = rehearseLendingLibrary('died')
    expect(sectionOf(evidence)).toContain('The run did not connect to production, so nothing is shown.')
    expect(propertiesOf(evidence)).toEqual({ 'certificate.production': 'not connected: nothing is shown' })
  })
})
