import { beforeAll, describe, expect, it } from 'vitest'
import type { Rehearsed } from '../support/project.ts'
import { expectVerdict, notPerformed, problemsOf, stepOf } from '../support/read-evidence.ts'
import { reversals } from './back-changes.ts'
import { catalogChanges } from './catalog-changes.ts'
import { clusterChanges, contentChanges, serverChange } from './content-changes.ts'
import { failedSteps, surplusOf, toldOf, type Change } from './project.ts'
import { rehearseBack, rehearseNothing, rehearseTiers } from './rehearse.ts'
import { printDumpLoss, readDumpLosses } from '../../harness/evidence/dump-loss-fact.ts'

const altering = { tier: 'T1', spec: 'makes one table and one view', changes: catalogChanges }
const writing = {
  tier: 'T2',
  spec: 'gives every branch a policy',
  changes: [...contentChanges, ...clusterChanges, serverChange],
}

let nothing: Rehearsed
let tiers: Rehearsed
let back: Rehearsed

beforeAll(async () => {
  // Two at once: one alone leaves a core idle half of the time.
  const lane = async () => {
    tiers = await rehearseTiers()
    nothing = await rehearseNothing()
  }
  ;[back] = await Promise.all([rehearseBack(), lane()])
})

describe('a release that changes nothing beside what it declares', () => {
  it('passes', () => {
    expect(problemsOf(nothing.evidence)).toEqual({})
    expectVerdict('pass', nothing)
  })

  it('tells what a dump of production does not carry', () => {
    expect(readDumpLosses(stepOf(nothing.evidence, 'clone')).map(printDumpLoss)).toEqual([
      'invalid index: index desk.visits_day_idx, valid false → not set',
    ])
  })
})

describe.each([
  ['alters definitions', altering],
  ['writes rows, and beyond the database', writing],
])('a tier that %s without declaring it', (_what, { tier, spec, changes }) => {
  it.each(byName(changes))('is told of %s', (_name, { told }) => {
    expect(surplusOf(tiers.evidence, tier, spec)).toEqual(expect.arrayContaining([...told]))
  })

  it('is told of nothing else', () => {
    expect(surplusOf(tiers.evidence, tier, spec)).toEqual(toldOf(changes))
    expect(problemsOf(tiers.evidence)).not.toHaveProperty(tier)
  })
})

describe('tiers that do more than they declare', () => {
  it('fail, and the rehearsal goes on to its end', () => {
    expectVerdict('fail', tiers)
    expect(notPerformed(tiers.evidence)).toEqual(['reapply blocked', 'partial-rollback blocked'])
  })

  it('are told by the acts that find what was left, and by no other', () => {
    const leaving = ['rollback-1', 'gate-revoke', 'reapply', 'partial-rollback']
    expect(failedSteps(tiers.evidence)).toEqual(['T1', 'T2', ...leaving].sort())
  })
})

describe('a rollback that does not quite bring back what was', () => {
  it.each(byName(reversals))('is told of %s', (_name, { told }) => {
    expect(toldBy('rollback-1')).toEqual(expect.arrayContaining([...told]))
  })

  it('is told of nothing else', () => {
    expect(toldBy('rollback-1')).toEqual(toldOf(reversals))
  })

  it('is told by the acts that roll back, and by no other', () => {
    const rollingBack = ['rollback-1', 'gate-revoke', 'reapply', 'partial-rollback']
    expect(failedSteps(back.evidence)).toEqual([...rollingBack, 'one-shot'].sort())
  })

  it('fails, and the rehearsal goes on to its end', () => {
    expectVerdict('fail', back)
    expect(notPerformed(back.evidence)).toEqual(['reapply blocked', 'partial-rollback blocked'])
  })
})

describe('a release that depends on the order in which rows are read', () => {
  it('is told so, and as nothing else, by the run under other plans', () => {
    expect(toldBy('one-shot')).toEqual([
      expect.stringMatching(
        /^order-dependent: rows of desk\.queue: 0 in the stepped clone only, 0 in this one only, 6 changed \(among them [^)].*\)$/,
      ),
    ])
  })
})

/** Changes as `it.each` takes them, so that a title tells a name in full. */
function byName(changes: readonly Change[]) {
  return changes.map((change) => [change.name, change] as const)
}

/** All rights are written with an m more, for MAINTAIN, by PostgreSQL 17 and newer. */
function toldBy(act: string): string[] {
  const sentences = problemsOf(back.evidence)[act] ?? []
  return sentences.map((sentence) => sentence.replaceAll('arwdDxtm', 'arwdDxt')).sort()
}
