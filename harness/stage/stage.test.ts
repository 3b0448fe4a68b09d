import { describe, expect, it } from 'vitest'
import { Stage } from './stage.ts'
import type { StepPlan } from './steps.ts'
import type { Outcome } from '../acts/common/act.ts'
import type { Run } from '../acts/common/run.ts'

/** A step that ends when `end` is called; `log` gets its beginning and its end. */
function plan(id: string, needs: readonly string[], settings: Partial<StepPlan> = {}) {
  let end: (outcome: Outcome) => void = () => undefined
  const ended = new Promise<Outcome>((resolve) => {
    end = resolve
  })
  const step = (log: string[]): StepPlan => ({
    id,
    title: id,
    kind: 'act',
    needs: Object.fromEntries(needs.map((need) => [need, need])),
    follows: [],
    isAside: false,
    isAlone: false,
    ...settings,
    act: {
      id,
      title: id,
      folder: id,
      section: 'harness',
      needs: {},
      perform: async () => {
        log.push(`${id} begins`)
        const outcome = await ended
        log.push(`${id} ends`)
        return outcome
      },
    },
  })
  return { step, end: (outcome: Outcome = { status: 'performed' }) => end(outcome) }
}

function open(plans: readonly ReturnType<typeof plan>[], isWhole: boolean) {
  const log: string[] = []
  const run = {
    signal: new AbortController().signal,
    steps: new Map(),
    servers: {},
    config: { release: {} },
  } as unknown as Run
  const stage = new Stage(
    run as never,
    {
      stepStarted: ({ id }) => void log.push(`${id} is shown`),
      stepFinished: ({ id, status }) => void log.push(`${id} is ${status}`),
    },
    { isWhole, plan: plans.map(({ step }) => step(log)) },
  )
  return { stage, log }
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

const acts = () => {
  const baseline = plan('baseline', [])
  const golden = plan('golden-backup', ['baseline'], { isAside: true })
  const clone = plan('clone', ['baseline'], { isAside: true })
  const tier = plan('T1', ['clone'])
  const controls = plan('self-test', ['clone'], { isAside: true })
  const isolation = plan('isolation', ['baseline'], { isAlone: true })
  baseline.end()
  return { baseline, golden, clone, tier, controls, isolation }
}

describe('a stage', () => {
  it('begins what is performed aside with the first of them, and shows each at its turn', async () => {
    const { baseline, golden, clone, tier, controls, isolation } = acts()
    const { stage, log } = open([baseline, golden, clone, tier, isolation, controls], true)
    await stage.reach('baseline')
    expect(log.splice(0)).toEqual([
      'baseline is shown',
      'baseline begins',
      'baseline ends',
      'baseline is performed',
    ])
    const reached = stage.reach('golden-backup')
    clone.end()
    await turns()
    expect(log.splice(0)).toEqual([
      'golden-backup is shown',
      'golden-backup begins',
      'clone begins',
      'clone ends',
      'self-test begins',
    ])
    golden.end()
    await reached
    await stage.reach('clone')
    expect(log.splice(0)).toEqual([
      'golden-backup ends',
      'golden-backup is performed',
      'clone is shown',
      'clone is performed',
    ])
    tier.end()
    await stage.reach('T1')
    expect(log.splice(0)).toEqual(['T1 is shown', 'T1 begins', 'T1 ends', 'T1 is performed'])
    const last = stage.reach('isolation')
    isolation.end()
    await turns()
    // What is performed aside needs what the last step takes away.
    expect(log.splice(0)).toEqual(['isolation is shown'])
    controls.end()
    await last
    expect(log).toEqual(['self-test ends', 'isolation begins', 'isolation ends', 'isolation is performed'])
  })

  it('reports a fault of what was performed aside at its turn, and what it blocks', async () => {
    const { baseline, golden, clone, tier, controls } = acts()
    const { stage, log } = open([baseline, golden, clone, tier, controls], true)
    const reached = stage.reach('golden-backup')
    clone.end({ status: 'failed', reason: 'no room' })
    golden.end()
    await reached
    expect((await stage.reach('clone')).step).toMatchObject({ status: 'failed', reason: 'no room' })
    expect((await stage.reach('self-test')).step).toMatchObject({
      status: 'blocked',
      reason: 'clone failed: no room',
    })
    expect(log).not.toContain('self-test begins')
  })

  it('begins them before any is asked for, and shows none of them yet', async () => {
    const { golden, clone } = acts()
    const baseline = plan('baseline', [], { isAside: true })
    const { stage, log } = open([baseline, golden, clone], true)
    stage.begin()
    await turns()
    expect(log.splice(0)).toEqual(['baseline begins'])
    baseline.end()
    await turns()
    expect(log).toEqual(['baseline ends', 'golden-backup begins', 'clone begins'])
    expect(stage.steps().map(({ status }) => status)).toEqual(['pending', 'pending', 'pending'])
    golden.end()
    clone.end()
    await stage.settled()
  })

  it('performs every step at its turn in a whole run, and else only what the asked one needs', async () => {
    for (const isWhole of [true, false]) {
      const { baseline, golden, clone, tier } = acts()
      const { stage } = open([baseline, golden, clone, tier], isWhole)
      for (const one of [golden, clone, tier]) one.end()
      await stage.reach('T1')
      expect(stage.steps().map(({ id, status }) => `${id} ${status}`)).toEqual([
        'baseline performed',
        `golden-backup ${isWhole ? 'performed' : 'pending'}`,
        'clone performed',
        'T1 performed',
      ])
    }
  })

  it('refuses a step that the configuration leaves out with the reason, and one that nobody knows with what there is', async () => {
    const { baseline } = acts()
    const { stage } = open([baseline], true)
    await expect(stage.reach('rollback-1')).rejects.toMatchObject({
      code: 'SPEC_INVALID',
      message:
        'rollback-1 is not part of this rehearsal: no rollback is declared: nothing shows that this release can be rolled back',
    })
    await expect(stage.reach('roolback')).rejects.toMatchObject({
      code: 'SPEC_INVALID',
      message: 'no act or tier is called "roolback"',
      hint: 'there are: baseline',
    })
    expect(stage.notShown.map(({ what }) => what)).toEqual(['golden', 'gate', 'rollback'])
  })

  it('begins nothing before it is asked for where only a part is', async () => {
    const { baseline, golden, clone } = acts()
    const { stage, log } = open([baseline, golden, clone], false)
    golden.end()
    await stage.reach('golden-backup')
    await stage.settled()
    expect(log).not.toContain('clone begins')
  })
})
