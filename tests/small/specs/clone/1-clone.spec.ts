import { act, sql } from '../words.ts'

act('clone', 'of production', (it) => {
  it('holds every book', async ({ expect, clone }) => {
    expect(await clone.query(sql`SELECT count(*) AS books FROM books`)).toEqual([{ books: 1000n }])
  })
})
