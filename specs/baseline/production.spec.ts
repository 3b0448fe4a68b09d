import { absent } from 'dress-rehearsal'
import { act, sql } from '../words.ts'

act('baseline', 'production at entry', (it) => {
  it('has 35 governed objects, six scopes, and no owner for any pair', ({ expect, after }) => {
    expect(after).toMeasure({ own: 0, gap: 210, conflict: 0, inventory: 35, families: 5, scopes: 6 })
  })

  it('is not approved yet, and has emitted nothing', ({ expect, after }) => {
    expect(after).toMeasure({ ospa: 0, gov_emit: 0, gov_outbox: 0 })
  })

  it('has no axis substrate', ({ expect, after }) => {
    expect(after).toMeasure({ axis: 0, axis_views: 0, active_axes: absent, reconcile_decisions: absent })
  })

  it('has 820,183 labels of items, none of them an orphan', ({ expect, after }) => {
    expect(after).toMeasure({ entity_labels: 820_183, label_orphans: 0, kg_domain_x: 'active' })
  })

  it('has 204,556 system issues', ({ expect, after }) => {
    expect(after).toMeasure({ system_issues: 204_556 })
  })

  it('lets 60 units by 90 leases, and has 206 meter readings in four partitions', ({ expect, facts }) => {
    expect(facts.tables).toMatchObject({
      'lettings.units': 60,
      'lettings.offers': 24,
      'lettings.promoted_offers': 6,
      'lettings.leases': 90,
      'lettings.documents': 6,
      'audit.lease_changes': 5,
      'metering.readings_2025': 144,
      'metering.readings_2026_measured': 51,
      'metering.readings_2026_estimated': 9,
      'metering.readings_other': 2,
      'metering.consumption': 26,
      'metering.gateway_inbox': 20,
    })
  })

  it('has no session idle in a transaction', ({ expect, after }) => {
    expect(after).toMeasure({ idle: 0 })
  })

  it('refuses every canary write for want of the right', ({ expect, facts }) => {
    const canaries = facts.canaries
    expect(canaries.filter(({ sqlstate }) => sqlstate !== '42501')).toEqual([])
    const deletes = canaries.filter(({ statement }) => statement.startsWith('DELETE FROM '))
    expect(deletes.length).toBeGreaterThanOrEqual(Object.keys(facts.tables).length)
  })

  it('names an accepted owner for every family and scope', async ({ expect, production }) => {
    const accepted = sql`
      SELECT count(*) AS accepted, count(DISTINCT (family_code, scope_code)) AS pairs
      FROM ownership_nominations WHERE status = 'accepted'`
    expect(await production.query(accepted)).toEqual([{ accepted: 30n, pairs: 30n }])
  })
})
