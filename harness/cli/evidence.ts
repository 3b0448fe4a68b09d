import type { RehearsalConfig } from '../config/rehearsal.ts'
import { judge, type Fault } from '../evidence/judge.ts'
import type { Delta, Evidence, Step, TestRecord } from '../evidence/schema.ts'
import { toDeltas } from '../release/deltas.ts'
import { gatherAllowances } from './allowances.ts'
import { gatherCertificate } from './certificate.ts'
import { packageVersion, vitestVersion } from './package-version.ts'
import type { Stage } from '../stage/stage.ts'
import type { Run } from '../acts/common/run.ts'

/** All that is known of a run, however far it came. */
export interface RunRecord {
  readonly root: string
  readonly startMs: number
  readonly selection: string | null
  readonly faults: Fault[]
  specFiles: readonly string[]
  interruption?: string
  config?: RehearsalConfig
  stage?: Stage
  run?: Run
  tests?: readonly TestRecord[]
}

/** Puts the record of a run together as evidence, verdict included. */
export function gatherEvidence(record: RunRecord): Evidence {
  const { config, stage, run, selection, specFiles, faults } = record
  const steps = stage?.steps() ?? []
  const tests = [...(record.tests ?? [])]
  const figures = (id: string): Step['after'] => steps.find((step) => step.id === id)?.after ?? {}
  return {
    schemaVersion: 4,
    ...judge({ steps, tests, specFiles, selection, faults, interruption: record.interruption ?? null }),
    rehearsal: {
      name: config?.name ?? 'rehearsal',
      startedAt: new Date(record.startMs).toISOString(),
      durationMs: Date.now() - record.startMs,
      selection,
    },
    versions: {
      'dress-rehearsal': packageVersion(),
      node: process.version.slice(1),
      vitest: vitestVersion(),
      ...(run && { PostgreSQL: run.installation.version }),
    },
    release: { files: run ? [...run.release.files] : [] },
    deltas: run ? [...gateDelta(run), ...toDeltas(run.variant)] : [],
    acts: steps.filter(({ kind }) => kind === 'act'),
    tiers: steps.filter(({ kind }) => kind === 'tier'),
    divergences: [...(stage?.divergences ?? [])],
    allowances: gatherAllowances({ config, steps, tests, escapes: run?.escapes ?? [] }),
    notShown: stage?.notShown ?? [],
    production: { before: figures('baseline'), after: figures('isolation') },
    certificate: run ? gatherCertificate(run) : null,
    tests,
  }
}

function gateDelta({ config: { gate } }: Run): Delta[] {
  if (gate === undefined) return []
  const { title, apply: variant } = gate
  return [{ kind: 'gate', title, file: null, line: null, canonical: null, variant }]
}
