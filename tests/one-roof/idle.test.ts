import { expect, it } from 'vitest'
import { connectAround } from '../support/intrude.ts'
import { copySlimOneRoof, stepsOf } from '../support/one-roof.ts'
import { OpenRehearsal } from '../support/stage.ts'

it('shows a session left idle in a transaction on production: "idle" is 1, expected 0', async () => {
  await using project = await copySlimOneRoof()
  await using rehearsal = await OpenRehearsal.open(project)
  await rehearsal.reach('gate-revoke')
  await using forgotten = await connectAround(rehearsal.production.reader, 'forgotten')
  await forgotten.client.query('BEGIN')
  const evidence = await rehearsal.reach('isolation')
  expect(evidence.verdict).toBe('fail')
  const { 'gate-revoke': revoked, isolation } = stepsOf(evidence)
  expect(revoked).toMatchObject({ status: 'performed', problems: [] })
  expect(isolation!.problems).toEqual([
    'measure idle: 0 in production at entry, 1 in production now',
    expect.stringMatching(
      /^left on production: session \d+ \(forgotten\) as dress_rehearsal_reader: idle in transaction$/,
    ),
  ])
  expect(isolation!.after['idle']).toBe(1)
})
