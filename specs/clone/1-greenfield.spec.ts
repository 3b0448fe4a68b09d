import { act, sql } from '../words.ts'

act('clone', 'greenfield clone of production', (it) => {
  it('equals production in every measure', async ({ expect, after, at }) => {
    expect(after).toEqualMeasures((await at('baseline')).after)
  })

  it('stands at the entry baseline', ({ expect, after }) => {
    expect(after).toMeasure({ own: 0, gap: 210, conflict: 0, ospa: 0, inventory: 35, scopes: 6, axis: 0 })
    expect(after).toMeasure({ entity_labels: 820_183, system_issues: 204_556 })
  })

  it('equals production in the row count of every table', async ({ expect, facts, at }) => {
    const production = await at('baseline')
    expect(facts.tables).toEqual(production.facts.tables)
  })

  it('has every role, owner, grant and setting of production', ({ expect, facts }) => {
    expect(facts.privileges).toBe('compared')
  })

  it('has what a clone forgets most easily', async ({ expect, clone }) => {
    const forgotten = sql`
      SELECT
        (SELECT count(*) FROM pg_largeobject_metadata) AS large_objects,
        (SELECT count(*) FROM pg_event_trigger WHERE evtenabled = 'O') AS event_triggers,
        (SELECT count(*) FROM pg_publication) AS publications,
        (SELECT count(*) FROM pg_policy) AS policies,
        (SELECT count(*) FROM pg_class WHERE relforcerowsecurity) AS forced,
        (SELECT count(*) FROM pg_class WHERE relkind = 'm' AND NOT relispopulated) AS unfilled,
        (SELECT count(*) FROM pg_constraint WHERE NOT convalidated) AS not_valid,
        (SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D') AS disabled_triggers,
        (SELECT count(*) FROM lettings.leases) AS leases,
        (SELECT count(*) FROM metering.readings) AS readings,
        (SELECT count(*) FROM metering.gateway_inbox) AS unlogged`
    expect(await clone.query(forgotten)).toEqual([
      {
        large_objects: 6n,
        event_triggers: 1n,
        publications: 2n,
        policies: 4n,
        forced: 1n,
        unfilled: 1n,
        not_valid: 1n,
        disabled_triggers: 1n,
        leases: 90n,
        readings: 206n,
        unlogged: 20n,
      },
    ])
  })

  it('lives in a cluster of its own', ({ expect, facts }) => {
    expect(facts.ownCluster).toBe(true)
    expect(facts.database).toBe('directus_gov_rehearsal_20260603')
  })
})
