import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readRelease, type Release, type ReleaseSettings } from '../../harness/release/release.ts'

/** A release of two guarded tiers, one that is not, and a rollback; for tests, which change a file or two of it. */
export const depotFiles: Readonly<Record<string, string>> = {
  'run_all.sql': '\\set ON_ERROR_STOP on\n\\ir t0.sql\nBEGIN;\n\\ir t1.sql\nCOMMIT;\n\\ir t2.sql\n',
  't0.sql':
    "DO $$ BEGIN IF current_database() <> 'depot' THEN RAISE EXCEPTION 'it''s %', current_database(); END IF; END $$;\n",
  't1.sql': "DO $a$\nBEGIN\n  EXECUTE $b$SELECT 1/0 WHERE 'depot' <> current_database()$b$;\nEND $a$;\n",
  't2.sql': 'CREATE TABLE parcel (id int);\n',
  'rollback.sql': "SELECT 1/0 WHERE pg_catalog.current_database() IS DISTINCT FROM 'depot';\n",
}

export const depotSettings: Omit<ReleaseSettings, 'directory'> = {
  script: 'run_all.sql',
  rollback: 'rollback.sql',
  tiers: [
    { id: 'T0', file: 't0.sql', guarded: true },
    { id: 'T1', file: 't1.sql', guarded: true },
    { id: 'T2', file: 't2.sql', guarded: false },
  ],
}

export interface TestRelease extends AsyncDisposable {
  readonly directory: string
  read(settings?: Partial<ReleaseSettings>): Promise<Release>
}

/** The release above with some files changed, added, or (null) taken out, in a directory of its own. */
export async function makeTestRelease(
  changes: Readonly<Record<string, string | Uint8Array | null>> = {},
): Promise<TestRelease> {
  const directory = await mkdtemp(join(tmpdir(), 'release-test-'))
  for (const [path, content] of Object.entries({ ...depotFiles, ...changes })) {
    if (content !== null) await writeFile(join(directory, path), content)
  }
  return {
    directory,
    read: (settings = {}) => readRelease({ directory, ...depotSettings, ...settings }),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  }
}
