import type { Certificate } from '../../../harness/evidence/certificate.ts'

/** Of a production that was read by a role which may not write, and a golden clone beside it. */
export function libraryCertificate(): Certificate {
  const through = 'PUBLIC'
  return {
    database: 'library',
    readerMayWrite: null,
    rights: {
      role: 'reader',
      writes: [],
      unneeded: ['lo_creat(integer)', 'lo_create(oid)'].map((name) => ({
        right: 'EXECUTE',
        on: `FUNCTION ${name}`,
        through,
        means: 'may make large objects',
        revoke: `REVOKE EXECUTE ON FUNCTION ${name} FROM PUBLIC;`,
      })),
      missing: [],
    },
    canaries: [
      { statement: 'CREATE SCHEMA dress_rehearsal_canary', outcome: 'refused', sqlstate: '42501' },
      { statement: 'DELETE FROM public.copies WHERE false', outcome: 'refused', sqlstate: '42501' },
    ],
    statements: [
      { statement: 'SELECT count(*) FROM members', kind: 'reading', count: 2, by: ['measure members'] },
      ...['members', 'copies'].map((table) => ({
        statement: `SELECT count(*) AS rows, ${'coalesce(sum(hash), 0) AS sum, '.repeat(4)}1 FROM ${table}`,
        kind: 'reading' as const,
        count: 2,
        by: ['baseline', 'isolation'],
      })),
      { statement: 'DELETE FROM public.copies WHERE false', kind: 'canary', count: 1, by: ['canary'] },
    ],
    programs: [{ program: 'pg_dump', arguments: ['--no-owner', '--no-acl'], count: 1, by: ['clone'] }],
    refused: [],
    golden: {
      database: 'library_golden',
      rights: { role: 'reader', writes: [], unneeded: [], missing: [] },
      statements: [],
      programs: [
        { program: 'pg_dump', arguments: ['-Fc', '-f', 'golden.dump'], count: 1, by: ['golden-backup'] },
      ],
      refused: [],
    },
    onProductionServer: null,
    escapeAttempts: {
      notConfined: null,
      network: ['lo'],
      attempts: [
        { escape: 'dblink', outcome: 'refused', answer: 'No such file or directory' },
        { escape: 'psql \\connect', outcome: 'refused', answer: 'No such file or directory' },
        { escape: 'plpython3u', outcome: 'not tried', answer: 'extension "plpython3u" is not available' },
      ],
    },
    exit: { activity: { state: 'quiet', by: 'declared' }, changed: [], left: [] },
  }
}
