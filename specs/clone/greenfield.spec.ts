import { act } from '../words.ts'

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
    expect(facts['tables']).toEqual(production.facts['tables'])
  })

  it('lives in a cluster of its own', ({ expect, facts }) => {
    expect(facts['ownCluster']).toBe(true)
    expect(facts['database']).toBe('directus_gov_rehearsal_20260603')
  })
})
