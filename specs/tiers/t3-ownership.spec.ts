import { sql, tier } from '../words.ts'

tier('T3', 'ownership seed', (it) => {
  it('names 30 owners and closes the gap', ({ expect, before, after, printed }) => {
    expect(before).toMeasure({ own: 0, gap: 210 })
    expect(after).toMeasure({ own: 30, gap: 0, resp_axis_gap: 0, conflict: 0, gov_emit: 0 })
    expect(printed).toReport({ new: 30, gap: 0, conflict: 0 })
  })

  it('names one owner for each of five families and six scopes', async ({ expect, clone }) => {
    const owners = sql`
      SELECT count(DISTINCT family_code) AS families, count(DISTINCT scope_code) AS scopes,
        count(DISTINCT (family_code, scope_code)) AS pairs
      FROM gov_ownership`
    expect(await clone.query(owners)).toEqual([{ families: 5n, scopes: 6n, pairs: 30n }])
  })

  it('names the accepted nominees, and nobody else', async ({ expect, clone }) => {
    const unexpected = sql`
      SELECT w.family_code, w.scope_code FROM gov_ownership w
      LEFT JOIN ownership_nominations n ON n.family_code = w.family_code AND n.scope_code = w.scope_code
        AND n.nominee_id = w.owner_id AND n.status = 'accepted'
      WHERE n.id IS NULL`
    expect(await clone.query(unexpected)).toEqual([])
  })

  it('touches nothing else', ({ expect, effect }) => {
    expect(effect).toBeExactly({
      rows: { gov_ownership: { inserted: 30 } },
      sequences: { gov_ownership_id_seq: 30 },
    })
  })
})
