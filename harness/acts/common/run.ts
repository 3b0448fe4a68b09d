import type { RunSettings } from '../../source/run-settings.ts'
import type { TakenEscape } from '../../confinement/escapes/check-escapes.ts'
import type { Certificate } from '../../evidence/certificate.ts'
import type { Step } from '../../evidence/schema.ts'
import type { Canary } from '../../production-access/canary.ts'
import type { ReaderRights } from '../../production-access/rights/right.ts'
import type { CloneStatementFilter } from '../../production-access/statements/clone-statements-filter.ts'
import type { StatementFilter } from '../../production-access/statements/statement-filter.ts'
import type { Variant } from '../../release/redirected.ts'
import type { Servers } from './servers.ts'

/** When the clone outlives the run. */
export type Keep = 'never' | 'on-failure' | 'always'

/** What shows how production was accessed, however far the run came. */
export interface AccessRecord {
  /** What was found of the rights in production and golden, also where it ended the run. */
  readonly rights: { production?: ReaderRights; golden?: ReaderRights }
  /** Stand before the servers of production and of golden from entry to exit. */
  statementFilter?: StatementFilter
  goldenStatementFilter?: StatementFilter
  /** Stands before our own databases on production's server, where the clone is there. */
  cloneStatementFilter?: CloneStatementFilter | undefined
  /** Writes that were tried on production. */
  canaries?: readonly Canary[]
  /** The result of the attempts to reach production from the clone. */
  escapeAttempts?: NonNullable<Certificate['escapeAttempts']>
  /** Production at exit. */
  exit?: NonNullable<Certificate['exit']>
}

/** What a run was given; the same for every act. */
export interface Run extends RunSettings {
  readonly variant: Variant
  /** Statements by which the release reaches beyond its database, all of them allowed. */
  readonly escapes: readonly TakenEscape[]
  /** Where files go that outlive the run, such as the dump of a golden clone that was touched. */
  readonly outputDirectory: string
  /** Whether the clone is to be kept after the run, decided at that moment. */
  readonly keepsClone: () => boolean
  /** Records of the steps that were tried so far, by id. */
  readonly steps: ReadonlyMap<string, Step>
  readonly servers: Servers
  readonly access: AccessRecord
}
