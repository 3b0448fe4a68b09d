import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judge } from '../../harness/evidence/judge.ts'
import { toOwnTest } from '../../harness/evidence/own-test.ts'
import type { Evidence, TestRecord } from '../../harness/evidence/schema.ts'
import { renderJunit } from '../../harness/report/junit.ts'
import { renderMarkdown } from '../../harness/report/markdown.ts'
import { createTerminal } from '../../harness/report/terminal.ts'
import { copySmallProject, type Project } from '../support/project.ts'
import { expectVerdict, notPerformed, problemsOf, stepOf } from '../support/read-evidence.ts'
import { OpenRehearsal, PreparedClone } from '../support/stage.ts'

const config = 'rehearsal.config.ts'
const preflight = 'sql/release/t0_preflight.sql'
const scripts = ['t0_preflight', 't1_structure', 't2_seed', 'rollback'].map(
  (name) => `sql/release/${name}.sql`,
)

const reasons = {
  golden:
    'no golden clone is declared: nothing shows that the release does the same on an approved state of the data',
  gate: 'no gate is declared: nothing shows that the release waits for its approval',
  rollback: 'no rollback is declared: nothing shows that this release can be rolled back',
  measures: 'no measure is declared: nothing shows what the release does to the figures that matter',
  guards: 'no database-name guard in T0, T1, T2',
} as const

type Part = keyof typeof reasons

/** Takes a part out of the small project, and what in its release wants the part. */
const leaveOut: Readonly<Record<Part, (project: Project) => Promise<void>>> = {
  async golden(project) {
    await cut(project, config, /^ {2}golden: \{\n[^]*?^ {2}\},\n/m)
    await cut(project, config, /^ {2}divergences: \[\n[^]*?^ {2}\],\n/m)
  },
  async gate(project) {
    await cut(project, config, /^ {2}gate: \{\n[^]*?^ {2}\},\n/m)
    await cut(project, preflight, /^ {2}IF NOT EXISTS \(SELECT FROM public\.approvals\)[^]*?END IF;\n/m)
  },
  rollback: (project) => cut(project, config, /^ {4}rollback: \{\n[^]*?^ {4}\},\n/m),
  async measures(project) {
    await cut(project, config, /^const measures = [^]*?^\}\)\n\n/m)
    await cut(project, config, /^ {2}measures,\n/m)
    await cut(project, config, / *prints: \{.*?\},\n/g)
    // What differs from golden is reported by figures.
    const text = await project.read(config)
    if (text.includes('golden: {')) {
      await cut(project, config, /^ {2}divergences: \[\n[^]*?^ {2}\],\n/m)
      await cut(project, config, /^ {4}experiments: .*\n/m)
    }
  },
  async guards(project) {
    for (const script of scripts) await cut(project, script, /^DO \$guard\$\n[^]*?^\$guard\$;\n/m)
    const text = await project.read(config)
    await project.write(config, text.replace(/,? *guarded: true/g, '').replace(/^,\n/gm, ''))
  },
}

/** What the project has no act for then. */
const absentActs: Readonly<Record<Part, readonly string[]>> = {
  golden: ['golden-backup', 'divergence'],
  gate: ['gate', 'gate-revoke'],
  rollback: ['rollback-1', 'rollback-2', 'gate-revoke', 'reapply', 'partial-rollback'],
  measures: [],
  guards: [],
}

const everyPart = Object.keys(reasons) as Part[]

async function cut(project: Project, file: string, part: RegExp): Promise<void> {
  const text = await project.read(file)
  if (!part.test(text)) throw new Error(`${file} holds nothing like ${part}`)
  await project.write(file, text.replace(part, ''))
}

/** The project without these parts, its every act and tier performed. */
async function rehearseWithout(...parts: readonly Part[]): Promise<Evidence> {
  await using project = await copySmallProject()
  for (const part of parts) await leaveOut[part](project)
  await using rehearsal = await OpenRehearsal.open(project)
  const evidence = await rehearsal.reach(...rehearsal.stage.plan.map(({ id }) => id))
  return judged(evidence)
}

/** As the command judges it, where the specs of tiers and gate declare the effect that was measured, and pass. */
function judged(evidence: Evidence): Evidence {
  const steps = [...evidence.acts, ...evidence.tiers]
  const tests = steps.map((step): TestRecord => {
    const own = toOwnTest(step)
    return step.needsSpec ? { ...own, name: 'does what it does', declares: { partial: null } } : own
  })
  const found = { steps, tests, specFiles: [], selection: null, faults: [], interruption: null }
  return { ...evidence, ...judge(found), tests }
}

/** The last line that a terminal shows. */
function verdictLine(evidence: Evidence): string {
  let shown = ''
  const stream = { write: (text: string) => (shown += text), columns: 200 }
  const files = { junit: 'j', evidence: 'e', markdown: 'm' }
  createTerminal({ stream, interactive: false }).finish(evidence, { files })
  return shown.trimEnd().split('\n').at(-1)!
}

/** That this passes, and that evidence and reports say what it does not show. */
function expectPass(evidence: Evidence, notShown: readonly Part[]): void {
  expect(problemsOf(evidence)).toEqual({})
  expect(notPerformed(evidence)).toEqual([])
  expect({ verdict: evidence.verdict, reasons: evidence.reasons }).toEqual({ verdict: 'pass', reasons: [] })
  expect(evidence.notShown).toEqual(
    notShown.map((what) => ({ what, reason: expect.stringContaining(reasons[what]) as string })),
  )
  const label = `PASS (not shown: ${notShown.join(', ')})`
  expect(verdictLine(evidence)).toContain(`${label}  Lending library: `)
  const markdown = renderMarkdown(evidence)
  expect(markdown).toContain(`**${label}.**`)
  const junit = renderJunit(evidence)
  for (const { what, reason } of evidence.notShown) {
    expect(markdown).toContain(`- **${what}**: ${reason}`)
    expect(junit).toContain(`<property name="notShown.${what}" value="${reason}"`)
  }
}

describe('a rehearsal without one of its optional parts passes, and says that it shows nothing about it', () => {
  it.each(everyPart)('%s', async (part) => {
    const evidence = await rehearseWithout(part)
    expectPass(evidence, [part])
    const ids = evidence.acts.map(({ id }) => id)
    expect(ids.filter((id) => absentActs[part].includes(id))).toEqual([])
    expect(ids).toEqual(
      expect.arrayContaining(['baseline', 'variant', 'second-run', 'one-shot', 'isolation']),
    )
  })

  it('all of them at once: the release runs as it is', async () => {
    const evidence = await rehearseWithout(...everyPart)
    expectPass(evidence, ['golden', 'gate', 'rollback', 'measures', 'guards'])
    expect(evidence.deltas).toEqual([])
    expect(renderMarkdown(evidence)).toContain(
      'The release runs on the clone unchanged: there are no deltas.',
    )
    expect(stepOf(evidence, 'T2').effect?.tables).toMatchObject({ loan_policies: { inserted: 5 } })
  })
})

describe('specs', () => {
  it('of acts may be left out: each act then is a test of its own', async () => {
    await using project = await copySmallProject()
    const acts = ['baseline', 'clone', 'divergence', 'full-read', 'golden-backup', 'isolation', 'proofs']
    for (const folder of [...acts, 'rollback', 'second-run', 'self-test'])
      await project.remove(`specs/${folder}`)
    await project.remove('specs/variant/1-variant.spec.ts')
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('pass', { exitCode, output, evidence })
    expect(evidence.notShown).toEqual([])
    expect(output.trimEnd().split('\n').at(-1)).toMatch(/^PASS {2}Lending library: /)
    const own = evidence.tests.filter(({ file }) => file.startsWith('dress-rehearsal/acts/'))
    expect(own.map(({ step }) => step)).toEqual(
      evidence.acts.map(({ id }) => id).filter((id) => id !== 'gate'),
    )
    const junit = await project.read('reports/junit.xml')
    for (const { file } of own) expect(junit).toContain(`<testsuite name="${file}"`)
  })

  it('of an act that is no part of the rehearsal are refused with the reason', async () => {
    await using project = await copySmallProject()
    await leaveOut.golden(project)
    await leaveOut.rollback(project)
    for (const file of [
      'divergence',
      'rollback/2-second.spec.ts',
      'rollback/3-gate-revoke.spec.ts',
      'proofs',
    ])
      await project.remove(`specs/${file}`)
    const { exitCode, output, evidence } = await project.rehearse()
    expectVerdict('unknown', { exitCode, output, evidence })
    const isNoPart = [
      `golden-backup is not part of this rehearsal: ${reasons.golden}`,
      `rollback-1 is not part of this rehearsal: ${reasons.rollback}`,
    ]
    // Each of their tests says so, and nothing else is amiss.
    expect(evidence.reasons).toHaveLength(2 + 3)
    for (const reason of evidence.reasons) expect(isNoPart.some((told) => reason.endsWith(told))).toBe(true)
    for (const told of isNoPart) expect(evidence.reasons).toContainEqual(expect.stringContaining(told))
    expect(notPerformed(evidence)).toEqual([])
    expect(output).toContain('UNKNOWN (not shown: golden, rollback)')
  })
})

describe('a tier without a guard', () => {
  let prepared: PreparedClone

  beforeAll(async () => {
    prepared = await PreparedClone.make()
  })
  afterAll(() => prepared[Symbol.asyncDispose]())

  it('is run by no act before its turn, the script neither: nothing would stop it', async () => {
    await using project = await copySmallProject()
    await cut(project, preflight, /^DO \$guard\$\n[^]*?^\$guard\$;\n/m)
    await project.edit(
      preflight,
      '\nCOMMIT;',
      "\nUPDATE public.books SET title = 'Run' WHERE id = 7;\nCOMMIT;",
    )
    await cut(project, preflight, /^ {2}IF NOT EXISTS \(SELECT FROM public\.approvals\)[^]*?END IF;\n/m)
    await cut(project, config, /^ {8}guarded: true,\n/m)
    const evidence = await prepared.rehearse(project, 'variant', 'gate', 'T0')
    expect(problemsOf(evidence)).toEqual({})
    const { facts, effect } = stepOf(evidence, 'variant')
    const refused = facts['refusals'] as { file: string }[]
    expect(refused.map(({ file }) => file)).toEqual(['t1_structure.sql', 't2_seed.sql', 'rollback.sql'])
    expect(effect?.tables).toEqual({})
    expect(stepOf(evidence, 'T0').effect?.tables).toMatchObject({ books: { updated: 1 } })
    expect(evidence.notShown.map(({ what }) => what)).toEqual(['guards'])
  })

  it('does not refuse as the others do, which the variant finds where it is declared guarded', async () => {
    await using project = await copySmallProject()
    await cut(project, preflight, /^DO \$guard\$\n[^]*?^\$guard\$;\n/m)
    await expect(OpenRehearsal.open(project)).rejects.toMatchObject({
      code: 'GUARD_COUNT',
      message: expect.stringContaining('t0_preflight.sql (T0): expected 1, found none') as string,
    })
  })
})
