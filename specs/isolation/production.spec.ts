import { act } from '../words.ts'

act('isolation', 'clean-up, and production as before', (it) => {
  it('has dropped the clone, unless it was asked to keep it', ({ expect, facts }) => {
    expect(facts.clone).toBeOneOf(['dropped', 'kept'])
  })

  it('finds production equal to the entry baseline in every measure', async ({ expect, after, at }) => {
    expect(after).toEqualMeasures((await at('baseline')).after)
    expect(after).toMeasure({
      ospa: 0,
      own: 0,
      gap: 210,
      conflict: 0,
      gov_emit: 0,
      inventory: 35,
      axis: 0,
      idle: 0,
      system_issues: 204_556,
    })
  })

  it('compares every table, sequence and object of production, all that were there at entry', async ({
    expect,
    facts,
    at,
  }) => {
    const { compared } = (await at('baseline')).facts
    expect(compared).toMatchObject({ tables: 55 })
    expect(facts.compared).toEqual(compared)
  })

  it('finds golden equal to its entry state', ({ expect, facts }) => {
    expect(facts.goldenAfter).toEqual(facts.goldenBefore)
  })
})
