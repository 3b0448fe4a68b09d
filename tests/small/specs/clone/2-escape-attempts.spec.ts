import { act } from '../words.ts'

act('escape-attempts', 'keeps production out of reach', (it) => {
  it('refuses each way that there is', ({ expect, facts }) => {
    const attempts = facts.attempts
    expect(Object.fromEntries(attempts.map(({ escape, outcome }) => [escape, outcome]))).toEqual({
      'COPY … PROGRAM with psql': 'refused',
      dblink: 'refused',
      postgres_fdw: 'refused',
      'psql \\connect': 'refused',
      'psql \\connect on its own server': 'refused',
      'psql \\connect through the proxy': 'refused',
      'COPY … PROGRAM by the release role': 'refused',
    })
  })
})
