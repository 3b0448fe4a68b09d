import type { Delta, Evidence } from '../../evidence/schema.ts'
import { formatFigures, splitAbsent } from '../figures.ts'
import { formatCount } from '../units.ts'
import { capitalise, findActs, hasPerformed, renderAct } from './acts.ts'
import { renderEscapeAttempts } from './escape-attempts.ts'
import { bullets, code, escapeText, table } from './syntax.ts'

/** What was rehearsed and how: the acts before the tiers, the entry baseline, the release's bytes, the deltas. */
export function renderHarness(evidence: Evidence): string[] {
  return [
    '## Harness',
    bullets([
      ...findActs(evidence, 'harness').map((act) => renderAct(act, evidence)),
      ...renderBaseline(evidence),
      ...renderSelection(evidence),
      `Versions: ${escapeText(formatVersions(evidence))}.`,
    ]),
    ...renderDeltas(evidence.deltas),
    ...renderEscapeAttempts(evidence),
    ...renderFiles(evidence),
  ]
}

function renderBaseline({ production, acts }: Evidence): string[] {
  if (Object.keys(production.before).length === 0)
    return hasPerformed(acts, 'baseline') ? [] : ['Production was not measured.']
  const { shown, absent } = splitAbsent(production.before)
  const rest = absent === 0 ? '' : `, and ${formatCount(absent, 'measure')} absent`
  return [`Entry baseline: ${code(formatFigures(shown)) || 'no figure'}${rest}.`]
}

function renderSelection({ rehearsal }: Evidence): string[] {
  return rehearsal.selection === null
    ? []
    : [`Only some of the specs were requested: ${code(rehearsal.selection)}.`]
}

function formatVersions({ versions }: Evidence): string {
  const known = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return known.join(', ') || 'not recorded'
}

const kindNames: Record<Delta['kind'], string> = {
  gate: 'gate',
  guard: 'guard',
  'rollback-guard': 'guard of the rollback',
}

function renderDeltas(deltas: readonly Delta[]): string[] {
  if (deltas.length === 0) return ['The release runs on the clone unchanged: there are no deltas.']
  const kinds = [...new Set(deltas.map((delta) => delta.kind))]
  const counts = kinds.map((kind) => `${kindNames[kind]} ${deltas.filter((d) => d.kind === kind).length}`)
  return [
    `The clone's release differs from the canonical one in ${formatCount(deltas.length, 'place')} (${counts.join(', ')}):`,
    table(
      [{ title: 'Delta' }, { title: 'Where' }, { title: 'Canonical' }, { title: 'On the clone' }],
      deltas.map((delta) => [
        escapeText(capitalise(delta.title)),
        delta.file === null
          ? 'no file'
          : code(delta.line === null ? delta.file : `${delta.file}:${delta.line}`),
        code(delta.canonical ?? '') || 'nothing',
        code(delta.variant),
      ]),
    ),
  ]
}

function renderFiles({ release }: Evidence): string[] {
  if (release.files.length === 0) return []
  return [
    `The release, ${formatCount(release.files.length, 'file')} (SHA-256 of the canonical bytes, in full in evidence.json):`,
    table(
      [{ title: 'File' }, { title: 'Role' }, { title: 'SHA-256' }],
      release.files.map(({ path, role, sha256 }) => [code(path), role, code(sha256.slice(0, 16))]),
    ),
  ]
}
